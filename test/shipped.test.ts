import { readFileSync } from 'node:fs'
import t from 'tap'
import type * as Library from '../src/index.ts'
import { projectUrl } from './fixtures/project.ts'
import { createRequest, entity, webhooksOf } from './fixtures/requests.ts'

// What users get is the bundle in dist/, which `npm test` builds first.
const dist = (name: string): URL => projectUrl(`dist/${name}`)

t.test('the library as it is shipped answers as its sources do', async (t) => {
  const library = (await import(dist('index.js').href)) as typeof Library
  const sandbox = await library.startSandbox({ seed: 1 })
  t.teardown(() => sandbox.close())
  const { payload, headers } = createRequest()
  const created = await fetch(`${sandbox.url}${webhooksOf(entity)}`, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body: payload as string,
  })
  t.equal(created.status, 201)
  t.strictSame(sandbox.webhooks.list(), [await created.json()])

  for (const path of ['/openapi.json', '/__admin/openapi.json', '/reference', '/oauth2/jwks']) {
    t.equal((await fetch(`${sandbox.url}${path}`)).status, 200, path)
  }
  t.ok((await fetch(`${sandbox.url}/reference/swagger-ui-bundle.js`)).ok)
})

t.test('its types need nothing but those of the framework', (t) => {
  const types = readFileSync(dist('index.d.ts'), 'utf8')
  const imports = [...types.matchAll(/(?:from|import\() ?'([^']+)'/g)].map(([, name]) => name)
  t.strictSame([...new Set(imports)], ['fastify'])
  t.match(types, /interface Sandbox /)
  t.end()
})

t.test('the licences of what is bundled go along', (t) => {
  const licences = readFileSync(dist('THIRD-PARTY-LICENSES.txt'), 'utf8')
  for (const name of ['fastify', 'jose', 'pino']) t.match(licences, `node_modules/${name}/LICEN`)
  t.match(readFileSync(dist('reference/LICENSE'), 'utf8'), /Apache License/)
  t.end()
})
