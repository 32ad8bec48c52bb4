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
const folders = new Map()
for (const file of readdirSync('.test/test', { recursive: true })) {
  if (file.endsWith('.test.js'))
    folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), file])
}
for (const [folder, files] of folders) writeSuite(`.test/suites/${folder}.js`, files)

// The quick tests are in four suites of like size: a process takes a second before its first test.
const quick = [[], [], [], []]
for (const [folder, files] of [...folders].sort(
  ([, one], [, other]) => other.length - one.length,
)) {
  const smallest = quick.reduce((least, suite) => (suite.length < least.length ? suite : least))
  if (!['cli', 'package'].includes(folder)) smallest.push(...files)
}
quick.forEach((files, index) => writeSuite(`.test/quick/${index + 1}.js`, files))

/** Writes a suite: a file that imports files of tests. */
function writeSuite(path, files) {
  mkdirSync(dirname(path), { recursive: true })
  const imports = files.map((file) => relative(dirname(path), join('.test/test', file)))
  writeFileSync(path, imports.map((from) => `import '${from}'\n`).join(''))
}
