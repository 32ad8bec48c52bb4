import { once } from 'node:events'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { entity, user, webhookData as webhook, webhooksOf } from '../fixtures/requests.ts'
import { fastifyOf, sandbox } from '../fixtures/sandbox.ts'
import { dial, exchange, listening, received, requestText } from '../fixtures/wire.ts'

t.test('a large state that is no JSON, or no state, is 400 and not looked through', async (t) => {
  const { app } = sandbox(t)
  const url = `https://x.example/${'a'.repeat(2e6)}`
  const cases = [
    { name: 'newlines', payload: `${'\n'.repeat(3e6)}x` },
    { name: 'brackets', payload: '['.repeat(3e6) },
    { name: 'a string without an end', payload: `{"a":"${'\\n'.repeat(3e6)}` },
    { name: 'a long URL', payload: JSON.stringify({ webhooks: [{ ...webhook, eventUrl: url }] }) },
  ]
  for (const { name, payload } of cases) {
    const headers = { 'content-type': 'application/json' }
    const response = await app.inject({ method: 'PUT', url: '/__admin/state', headers, payload })
    t.equal(response.statusCode, 400, name)
  }
})

t.test('no-response stays without a response, whatever else the client sends', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: { connection: 'no-response' } })
  const socket = await dial(t, server)
  const all = received(socket)
  const head = requestText(undefined, {}, '').replace(
    'content-length: 0',
    'transfer-encoding: chunked',
  )
  const arrives = once(fastifyOf(server.app).server, 'request')
  socket.write(head)
  await arrives
  await server.requests.wait({ status: null })
  socket.write('zzzz\r\n')
  t.equal(await all, '')
  t.equal(server.requests.count(), 1)
})

t.test('a truncated answer to HEAD is its head', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: { connection: 'truncated-body' } })
  const line = `HEAD ${webhooksOf(entity)}/list HTTP/1.1`
  t.match(await exchange(t, server, requestText(line, {}, '')), { status: 500, body: '' })
})

t.test('a tenant is one that nobody has used, whatever was imported', async (t) => {
  const first = await startSandbox({ seed: 1, data: { managingEntities: [], tokens: [] } })
  const tenant = first.tenants.create()
  const state = first.state.export()
  await first.close()
  const { app } = sandbox(t, { seed: 1, data: state })
  t.not(app.control.tenants.create().managingEntityIdentifier, tenant.managingEntityIdentifier)
  const owned = { ...webhook, ownerIdentifier: tenant.managingEntityIdentifier }
  const { app: open } = sandbox(t, { seed: 1, data: { webhooks: [owned] } })
  t.not(open.control.tenants.create().managingEntityIdentifier, tenant.managingEntityIdentifier)
})

t.test('a reset of one managing entity makes no second webhook with the same id', (t) => {
  const { app } = sandbox(t, { data: { webhooks: [webhook] } })
  const other = { ...webhook, ownerIdentifier: user }
  app.control.state.import({ webhooks: [other] })
  app.control.reset({ managingEntityIdentifier: entity })
  t.match(app.control.webhooks.list(), [{ ownerIdentifier: user }])
  app.control.state.import(app.control.state.export())
  t.end()
})

t.test('list is no id: its other verbs are 405 (CONTRACT §1 step 3)', async (t) => {
  const { app } = sandbox(t)
  for (const method of ['PATCH', 'DELETE', 'PUT', 'POST'] as const) {
    const headers = { authorization: 'Bearer some-token' }
    const response = await app.inject({ method, url: `${webhooksOf(entity)}/list`, headers })
    t.equal(response.statusCode, 405, method)
    t.equal(response.headers.allow, 'GET, HEAD')
  }
})

t.test('secrets of clients are not shown, however they are sent', async (t) => {
  const { app } = sandbox(t)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const cases: { url?: string; headers?: Record<string, string>; payload?: string }[] = [
    ...[
      'grant_type=client_credentials;client_id=a;client_secret=SEKRET',
      'grant_type=client_credentials\nclient_secret=SEKRET',
      'grant_type=client_credentials%26client_secret=SEKRET',
      'grant_type%3Dclient_credentials%26client_secret%3DSEKRET=',
      'data={"client_secret":"SEKRET"}',
      'client_secre%2574=SEKRET',
      'client_secret=ab&SEKRET=x',
      'passwd=SEKRET',
    ].map((payload) => ({ headers: form, payload })),
    { headers: { 'content-type': 'application/json' }, payload: '{"client_secret":"SEKRET"}' },
    { url: '/api/oauth2/token', headers: form, payload: 'client_secret=SEKRET' },
    { url: '/oauth2/token;client_secret=SEKRET' },
    { url: '/api/x%3Faccess_token=SEKRET' },
    { headers: { referer: 'http://x/?access_token=SEKRET' } },
    { headers: { 'x-api_key': 'SEKRET', 'x-auth': 'SEKRET', 'x-session-id': 'SEKRET' } },
  ]
  for (const { url = '/oauth2/token', ...request } of cases) {
    await app.inject({ method: 'POST', url, ...request })
    t.notMatch(JSON.stringify(app.control.requests.find()), /SEKRET/, JSON.stringify(request))
  }
  t.equal(app.control.requests.count(), cases.length)
})
