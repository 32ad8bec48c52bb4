import type { OpenAPIV3_1 } from 'openapi-types'
import t, { type Test } from 'tap'
import { startSandbox, type AppOptions } from '../../src/index.ts'
import { projectText } from '../fixtures/project.ts'
import { operationsOf } from '../fixtures/openapi-validator.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const host = '127.0.0.1:4010'
const documents = {
  '/openapi.json': 'openapi/api.json',
  '/__admin/openapi.json': 'openapi/control.json',
}

async function documentOf(
  t: Test,
  url: keyof typeof documents = '/openapi.json',
  options?: AppOptions,
): Promise<OpenAPIV3_1.Document> {
  const response = await sandbox(t, options).app.inject({ url, headers: { host } })
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json')
  return response.json()
}

for (const [url, file] of Object.entries(documents)) {
  t.test(`${file} is what the sandbox says; npm run docs writes it`, async (t) => {
    const document = await documentOf(t, url as keyof typeof documents)
    t.strictSame(document, JSON.parse(projectText(file)))
  })
}

t.test('the operations have the names of Wink (CONTRACT §6)', async (t) => {
  const base = '/api/managing-entity/{managingEntityIdentifier}/webhook'
  const found = operationsOf(await documentOf(t))
    .filter(({ path }) => path.startsWith('/api/'))
    .map(({ method, path, operation }) => [operation.operationId, `${method} ${path}`])
  t.strictSame(Object.fromEntries(found), {
    'create-webhook': `POST ${base}`,
    'show-webhooks': `GET ${base}/list`,
    'show-webhook-events': `GET ${base}/event/list`,
    'load-webhook': `GET ${base}/{id}`,
    'update-webhook': `PATCH ${base}/{id}`,
    'delete-webhook': `DELETE ${base}/{id}`,
  })
})

t.test('routes of an application of its own are shown as they are declared', async (t) => {
  const { app } = sandbox(t)
  const schema = { summary: 'Mine', response: { 200: { type: 'string', description: 'It.' } } }
  app.register((scope, _options, done) => {
    scope.get('/mine', { schema }, () => 'mine')
    done()
  })
  const { paths } = (await app.inject('/openapi.json')).json<OpenAPIV3_1.Document>()
  t.match(paths, {
    '/mine': { get: { summary: 'Mine', responses: { 200: { description: 'It.' } } } },
  })
  t.equal(paths?.['/mine']?.head, undefined)
})

t.test('every operation has each documented status (CONTRACT §4, §6)', async (t) => {
  const documented = ['400', '401', '403', '404', '405', '409', '415', '500', '503']
  for (const { path, operation } of operationsOf(await documentOf(t))) {
    if (!path.startsWith('/api/')) continue
    const statuses = new Set(Object.keys(operation.responses ?? {}))
    for (const status of documented) t.ok(statuses.has(status), `${path} ${status}`)
  }
})

t.test('refusals are problem details, those below /oauth2 are not', async (t) => {
  for (const { path, operation } of operationsOf(await documentOf(t))) {
    const isToken = path.startsWith('/oauth2/')
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const { content = {} } = response as OpenAPIV3_1.ResponseObject
      const isProblem = Number(status) >= 400 && !isToken
      const expected = isProblem ? 'application/problem+json' : 'application/json'
      for (const type of Object.keys(content)) t.equal(type, expected, `${path} ${status}`)
    }
  }
})

t.test('every route of the API is in one of the documents', async (t) => {
  const { app } = sandbox(t)
  const routes: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    const path = url.replace(/:(\w+)(?:\((?:[^()]|\([^()]*\))*\))?/g, '{$1}')
    routes.push(`${String([method].flat()[0])} ${path}`)
  })
  await app.ready()
  const documented = new Set<string>()
  for (const url of Object.keys(documents) as (keyof typeof documents)[]) {
    for (const { path, method } of operationsOf(await documentOf(t, url))) {
      documented.add(`${method} ${path}`)
    }
  }
  t.ok(routes.length > 0)
  t.strictSame(
    routes.filter((route) => !documented.has(route)),
    [],
  )
})

t.test('what is sent and required stands there: scope, version, If-Match', async (t) => {
  const operations = operationsOf(await documentOf(t))
  const byId = (id: string) => operations.find(({ operation }) => operation.operationId === id)
  const create = byId('create-webhook')?.operation
  t.strictSame(create?.security, [{ bearer: [] }, { oauth2ClientCredentials: ['account.write'] }])
  t.strictSame(byId('show-webhooks')?.operation.security?.[1], {
    oauth2ClientCredentials: ['account.read'],
  })
  t.strictSame(byId('delete-webhook')?.operation.security?.[1], {
    oauth2ClientCredentials: ['account.remove'],
  })
  t.match(create?.parameters, [
    { name: 'managingEntityIdentifier', in: 'path', required: true },
    {
      name: 'Wink-Version',
      in: 'header',
      required: false,
      schema: { enum: ['2.0'], default: '2.0.0' },
    },
  ])
  t.match(byId('update-webhook')?.operation.parameters, new Set([{ name: 'If-Match' }]))
})

t.test('its addresses are those of the request, or of --public-url', async (t) => {
  const own = await documentOf(t)
  const flow = { tokenUrl: `http://${host}/oauth2/token` }
  const securitySchemes = { oauth2ClientCredentials: { flows: { clientCredentials: flow } } }
  t.match(own, { servers: [{ url: `http://${host}` }], components: { securitySchemes } })

  const { app } = sandbox(t, { publicUrl: 'https://wink.test' })
  for (const name of ['a:1', 'b:2']) {
    const response = await app.inject({ url: '/openapi.json', headers: { host: name } })
    t.match(response.json(), { servers: [{ url: 'https://wink.test' }] })
  }
})

t.test('the document of the control API asks for the admin token', async (t) => {
  const { app } = sandbox(t, { adminToken: 'secret' })
  t.equal((await app.inject('/__admin/openapi.json')).statusCode, 401)
  t.equal((await app.inject('/openapi.json')).statusCode, 200)
})

t.test('the library says where the documents are', async (t) => {
  const running = await startSandbox()
  t.teardown(() => running.close())
  const response = await fetch(`${running.url}/openapi.json`)
  t.match(await response.json(), { servers: [{ url: running.url }] })
  const { app } = sandbox(t)
  problemOf(t, await app.inject({ method: 'POST', url: '/openapi.json' }))
})
