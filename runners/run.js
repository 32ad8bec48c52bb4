// Installs the package and runs the library in each test runner; then compiles programs against its types in each module
// resolution, and looks at the package as resolvers see it.
//
//   npm ci && node run.js PACKAGE.tgz
import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'

const [, , tarball] = process.argv
const jest = 'node_modules/jest/bin/jest.js'
const commands = [
  ['npm', 'install', '--no-save', '--silent', tarball],
  ['node', '--test', 'node-test/'],
  ['npx', 'tap', '--disable-coverage', 'tap/'],
  ['npx', 'vitest', 'run', '--dir', 'vitest', '--pool', 'forks'],
  ['npx', 'vitest', 'run', '--dir', 'vitest', '--pool', 'threads'],
  ['npx', 'vitest', 'run', '--dir', 'vitest', '--pool', 'vmThreads'],
  ['node', jest, '--testMatch', '**/jest/*.test.cjs'],
  ['node', '--experimental-vm-modules', jest, '--testMatch', '**/jest/*.test.mjs'],
  ['node', jest, '--testEnvironment', 'jsdom', '--testMatch', '**/jest/*.test.cjs'],
  ['npx', 'mocha', 'mocha/*.test.cjs'],
  ...['tsconfig', 'commonjs', 'node10', 'bundler', 'node'].map((name) => [
    'npx',
    'tsc',
    '-p',
    `types/${name}.json`,
  ]),
  ['npx', 'publint', '--strict', tarball],
  ['npx', 'attw', '--format', 'ascii', tarball],
]
cpSync('types/usage.ts', 'types/generated/usage.cts') // The same program in CommonJS.
for (const [command, ...words] of commands) {
  console.log(`\n> ${[command, ...words].join(' ')}`)
  execFileSync(command, words, { stdio: 'inherit' })
}
