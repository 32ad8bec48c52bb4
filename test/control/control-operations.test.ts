import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { projectText } from '../fixtures/project.ts'
import { createRequest, entity, webhookData } from '../fixtures/requests.ts'
import { nobody } from '../fixtures/receiver.ts'
import { problemOf, sandbox, type FastifyApp } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

const page = projectText('docs/control-api.md')
const rows = [...page.matchAll(/^\| `([A-Z]+) (\/__admin\/\S+)` +\|.*\| (.*?) +\|$/gm)]
  .map(([, method = '', path = '', answer = '']) => ({ method, path, answer }))
  .filter(({ path }) => path !== '/__admin/stream') // It does not end by itself.

/** Bodies of operations that need one. */
const bodies: Record<string, object> = {
  'POST /__admin/faults': { effect: { status: 503 } },
  'PUT /__admin/state': { webhooks: [webhookData] },
  'POST /__admin/events': { type: 'booking.create', managingEntityIdentifier: entity },
  'PUT /__admin/clock': { mode: 'system' },
  'POST /__admin/clock/advance': { ms: 1 },
}

/** A delivery to a receiver that nobody runs; gives its id. */
async function failedDelivery({ control }: FastifyApp): Promise<string> {
  const { deliveries } = await control.events.trigger({
    type: 'booking.created',
    managingEntityIdentifier: entity,
    deliverTo: await nobody(),
    retryDelaysMs: [],
    waitMs: 60_000,
  })
  return String(deliveries[0]?.id)
}
/** The media type of what the page calls an answer. */
const typeOf = (answer: string): string =>
  answer.endsWith('text') ? 'text/plain; charset=utf-8' : 'application/json'

for (const { method, path, answer } of rows) {
  t.test(`docs/control-api.md: ${method} ${path} answers ${answer}`, async (t) => {
    const { app, create } = sandbox(t)
    const requestId = String((await create()).headers['x-wink-mock-request-id'])
    const fault = app.control.faults.arm({ effect: { status: 503 } })
    const deliveryId = path.includes('deliveries') ? await failedDelivery(app) : undefined
    const id = deliveryId ?? (path.includes('faults') ? fault.id : requestId)
    const url = path.replace('{id}', id)
    const payload = bodies[`${method} ${path}`]
    const response = await app.inject({ method: method as 'GET', url, ...(payload && { payload }) })
    const asAbove = { find: '200, `{ "requests": […] }`', count: '200, `{ "count": 1 }`' }
    const said = answer.startsWith('the same')
      ? asAbove[path.endsWith('find') ? 'find' : 'count']
      : answer
    const [, status, member] = /^(\d{3})(?:, `\{ "(\w+)")?/.exec(said) ?? []
    t.equal(response.statusCode, Number(status))
    if (status === '204') t.equal(response.body, '')
    else t.equal(response.headers['content-type'], typeOf(said))
    if (member !== undefined) t.equal(Object.keys(response.json<object>())[0], member)
  })
}

t.test('a body may be left out, unless a member of it is required', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  const cases: { method: 'POST' | 'PUT'; path: string; status: number }[] = [
    { method: 'POST', path: 'requests/find', status: 200 },
    { method: 'POST', path: 'requests/count', status: 200 },
    { method: 'POST', path: 'requests/wait', status: 200 },
    { method: 'POST', path: 'tenants', status: 201 },
    { method: 'POST', path: 'reset', status: 204 },
    { method: 'POST', path: 'faults', status: 400 },
    { method: 'PUT', path: 'clock', status: 400 },
    { method: 'POST', path: 'clock/advance', status: 400 },
    { method: 'PUT', path: 'state', status: 400 },
  ]
  for (const { method, path, status } of cases) {
    const response = await app.inject({ method, url: `/__admin/${path}` })
    t.equal(response.statusCode, status, path)
  }
})

t.test('a body may not be null', async (t) => {
  const { app } = sandbox(t)
  const takeBodies = rows.filter(
    ({ method, path }) => ['POST', 'PUT'].includes(method) && !path.endsWith('redeliver'),
  )
  t.ok(takeBodies.length > 6)
  for (const { method, path } of takeBodies) {
    const headers = { 'content-type': 'application/json' }
    const request = { method: method as 'PUT', url: path, headers, payload: 'null' }
    t.match(problemOf(t, await app.inject(request)), {
      status: 400,
      properties: { errors: [{ pointer: '#', detail: 'must be an object' }] },
    })
  }
})

t.test('HEAD works where GET does, in the control API', async (t) => {
  const { app, create } = sandbox(t)
  const requestId = String((await create()).headers['x-wink-mock-request-id'])
  const fault = app.control.faults.arm({ effect: { status: 503 } })
  const deliveryId = await failedDelivery(app)
  const paths = rows.filter(({ method }) => method === 'GET').map(({ path }) => path)
  t.ok(paths.length > 8)
  for (const path of paths) {
    const [, name] = path.split('/').slice(1)
    const id = { faults: fault.id, deliveries: deliveryId }[String(name)] ?? requestId
    const url = path.replace('{id}', id)
    const [get, head] = [await app.inject(url), await app.inject({ method: 'HEAD', url })]
    t.equal(head.statusCode, 200, path)
    t.equal(head.body, '')
    t.equal(head.headers['content-type'], get.headers['content-type'])
    // The uptime of the health check grows.
    if (path.endsWith('health')) continue
    t.equal(head.headers['content-length'], get.headers['content-length'], path)
  }
})

t.test('a path of the control API that has only other methods is 405', async (t) => {
  const { app } = sandbox(t)
  const paths = new Map<string, string[]>()
  for (const { path, method } of rows) {
    if (!path.includes('{id}')) paths.set(path, [...(paths.get(path) ?? []), method])
  }
  for (const [url, methods] of paths) {
    for (const method of ['GET', 'PUT', 'POST', 'DELETE'] as const) {
      if (methods.includes(method)) continue
      const { statusCode, headers } = await app.inject({ method, url })
      t.equal(statusCode, 405, `${method} ${url}`)
      t.match(headers.allow, methods[0])
    }
  }
})

t.test('a path of the control API that ends in a slash is 404, and says so', async (t) => {
  const { app } = sandbox(t)
  for (const url of ['/__admin/requests/', '/__admin/faults/?x=1', '/__admin/settings/']) {
    const problem = problemOf(t, await app.inject(url))
    t.match(problem, { status: 404, detail: /The path ends in a slash; leave it out\.$/ }, url)
  }
})

t.test('the document of the control API is OpenAPI 3.1', async (t) => {
  const { app } = sandbox(t)
  t.match((await app.inject('/__admin/openapi.json')).json(), { openapi: /^3\.1\./ })
})

t.test('the health check answers web pages, and under every name', async (t) => {
  const server = await listening(t)
  const cases: Record<string, string>[] = [
    { host: 'localhost', origin: 'http://evil.example' },
    { host: 'localhost', 'sec-fetch-site': 'cross-site' },
    { host: 'localhost', 'sec-fetch-site': 'same-site' },
    { host: 'evil.example' },
  ]
  for (const headers of cases) {
    const health = requestText('GET /__admin/health HTTP/1.1', headers, '')
    t.equal((await exchange(t, server, health)).status, 200, JSON.stringify(headers))
    const other = requestText('GET /__admin/clock HTTP/1.1', headers, '')
    t.equal((await exchange(t, server, other)).status, 403, 'other operations do not')
  }
  const keys = requestText('GET /oauth2/jwks HTTP/1.1', { host: 'evil.example' }, '')
  t.equal((await exchange(t, server, keys)).status, 200, 'the keys do too')
})

t.test('no answer of the control API has CORS headers', async (t) => {
  const { app, create } = sandbox(t)
  await create() // A wait is met.
  const origins = ['http://localhost:80', 'http://evil.example']
  for (const { method, path } of rows) {
    for (const origin of origins) {
      const request = { method: method as 'GET', url: path, headers: { origin } }
      const { headers } = await app.inject(request)
      const cors = Object.keys(headers).filter((name) => name.startsWith('access-control-'))
      t.strictSame(cors, [], `${method} ${path} from ${origin}`)
    }
  }
})

t.test('the library needs no admin token', async (t) => {
  const { app, create } = sandbox(t, { adminToken: 's3cr3t' })
  app.control.faults.arm({ effect: { status: 503 } })
  t.equal((await create()).statusCode, 503)
  t.equal((await app.inject('/__admin/faults')).statusCode, 401)
})

t.test('what startSandbox returns has what app.control has', async (t) => {
  const server = await startSandbox()
  t.teardown(() => server.close())
  for (const [name, part] of Object.entries<object>({ ...server.app.control })) {
    const own = (server as unknown as Record<string, object>)[name]
    t.strictSame(Object.keys(own ?? {}), Object.keys(part), name)
  }
})

t.test('every request to the control API stays out of the journal and of faults', async (t) => {
  const { app } = sandbox(t)
  const fault = app.control.faults.arm({ effect: { status: 502 }, times: null })
  const others = rows.filter(({ path }) => !/(?:faults|reset|state|wait)$/.test(path))
  for (const { method, path } of others) {
    const headers = { prefer: 'code=500' }
    const response = await app.inject({ method: method as 'GET', url: path, headers })
    t.ok(response.statusCode < 500, `${method} ${path}`)
    t.notOk(response.headers['x-wink-mock-request-id'])
  }
  t.equal(app.control.requests.count(), 0)
  t.match(app.control.faults.get(fault.id), { matched: 0 })
  t.equal((await app.inject(createRequest())).statusCode, 502)
})

t.test('a query with parameters of a filter is the filter of the library', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  const entity = 'D5B8A3C2-9E6F-4A1B-8D34-7C2E1F0A5B69'
  const match = { managingEntityIdentifier: entity.toLowerCase() }
  app.control.faults.arm({ match, effect: { status: 503 } })
  const filter = { managingEntityIdentifier: entity }
  const query = new URLSearchParams(filter).toString()
  const { control } = app
  const cases = {
    faults: control.faults.list(filter),
    requests: control.requests.find(filter),
    webhooks: control.webhooks.list(filter),
  }
  for (const [name, found] of Object.entries(cases)) {
    t.equal(found.length, 1, name)
    t.same((await app.inject(`/__admin/${name}?${query}`)).json(), { [name]: found })
    t.same((await app.inject(`/__admin/${name}?managingEntityIdentifier=x`)).json(), { [name]: [] })
  }
})
