// Writes the OpenAPI documents of a sandbox with default settings: `npm run docs`.
import { writeFileSync } from 'node:fs'
import { buildApp } from '../dist/index.js'

const app = buildApp()
const headers = { host: '127.0.0.1:4010' }
for (const [url, file] of [
  ['/openapi.json', 'api.json'],
  ['/__admin/openapi.json', 'control.json'],
]) {
  const document = (await app.inject({ url, headers })).json()
  writeFileSync(new URL(file, import.meta.url), `${JSON.stringify(document, null, 2)}\n`)
}
