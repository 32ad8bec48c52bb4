// Gives the documents of a fresh sandbox to the tools that users have: validates them, generates clients and compiles
// them, and runs collections of Postman.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { startSandbox } from '../dist/index.js'
import { runCollection } from './collection.js'
import { generate } from './generate.js'
import { validate } from './validate.js'

const paths = { api: '/openapi.json', control: '/__admin/openapi.json' }

rmSync('generated', { recursive: true, force: true })
for (const version of ['3.1', '3.0']) {
  const sandbox = await startSandbox()
  try {
    // By default, any token will do.
    let environment = { values: [{ key: 'bearerToken', value: 'test' }] }
    for (const [name, path] of Object.entries(paths)) {
      const answer = await fetch(`${sandbox.url}${path}?openapi=${version}`)
      const document = await answer.json()
      await validate(document, version)
      const folder = `generated/${name}-${version}`
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${folder}/openapi.json`, JSON.stringify(document))
      await generate(`./${folder}/openapi.json`, folder)
      environment = await runCollection(document, environment)
    }
  } finally {
    await sandbox.close()
  }
}
execFileSync('node_modules/.bin/tsc', { stdio: 'inherit' })
