// Compiles the tests, and what they test, into .test/: to compile each file as it is loaded takes longer.
import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { copyReference } from '../build.js'

rmSync('.test', { recursive: true, force: true })
execFileSync('npx', ['tsc', '-p', 'test/tsconfig.build.json'], { stdio: 'inherit' })
copyFileSync('package.json', '.test/package.json')
copyReference('.test/src/reference')
