// Compiles the tests, and what they test, into .test/, and puts them together in a few parts: to compile and
// to start each file by itself takes longer than most of them run.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { copyReference } from '../build.js'

const parts = 4

rmSync('.test', { recursive: true, force: true })
execFileSync('npx', ['tsc', '-p', 'test/tsconfig.build.json'], { stdio: 'inherit' })
copyFileSync('package.json', '.test/package.json')
copyReference('.test/src/reference')

const files = readdirSync('.test/test').filter((name) => name.endsWith('.test.js'))
for (let part = 0; part < parts; part += 1) {
  const imports = files
    .filter((_, index) => index % parts === part)
    .map((name) => `import './test/${name}'\n`)
  writeFileSync(`.test/part-${part + 1}.js`, imports.join(''))
}
