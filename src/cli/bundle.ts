// The entry of the bundle: the library for index.js, the program for cli.cjs.
export * from '../index.ts'
export { main } from './cli.ts'
