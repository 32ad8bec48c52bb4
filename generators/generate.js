import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The generators, as a user calls them: the arguments for a document and a folder of generated code. */
const generators = {
  'openapi-typescript': (file, folder) => [file, '--output', `${folder}/openapi-typescript.ts`],
  'openapi-ts': (file, folder) => ['--input', file, '--output', `${folder}/hey-api`],
  orval: (file, folder) => ['--input', file, '--output', `${folder}/orval.ts`, '--client', 'fetch'],
}

/** Generates clients from a document, by all generators. */
export async function generate(file, folder) {
  for (const [name, argumentsFor] of Object.entries(generators)) {
    await run(`node_modules/.bin/${name}`, argumentsFor(file, folder))
    console.log(`${name}: ${folder}`)
  }
}
