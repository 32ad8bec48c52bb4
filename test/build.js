// Compiles the tests, and what they test, into .test/, and makes a suite of each folder of tests: to compile and to
// start each file by itself takes longer than most of them run.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { copyReference, writeConsole } from '../build/build.js'

rmSync('.test', { recursive: true, force: true })
execFileSync('npx', ['tsc', '-p', 'test/tsconfig.build.json'], { stdio: 'inherit' })
copyFileSync('package.json', '.test/package.json')
copyReference('.test/src/docs/reference')
await writeConsole('.test/src/control/console')

/** The files of tests, by the folder that they are in, such as `wink/webhooks`. */
const suites = new Map()
for (const file of readdirSync('.test/test', { recursive: true })) {
  if (file.endsWith('.test.js'))
    suites.set(dirname(file), [...(suites.get(dirname(file)) ?? []), file])
}
for (const [folder, files] of suites) {
  const suite = join('.test/suites', `${folder}.js`)
  mkdirSync(dirname(suite), { recursive: true })
  const imports = files.map((file) => relative(dirname(suite), join('.test/test', file)))
  writeFileSync(suite, imports.map((path) => `import '${path}'\n`).join(''))
}
