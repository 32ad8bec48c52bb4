// What the bundle of the package offers: the library to index.js, the program to cli.cjs.
export * from '../index.ts'
export { main } from './cli.ts'
