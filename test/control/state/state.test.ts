import t from 'tap'
import { DataError, type SandboxData } from '../../../src/index.ts'
import { entity, otherEntity, user, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const seeded: NonNullable<SandboxData['webhooks']>[number] = {
  userIdentifier: user,
  ownerIdentifier: entity,
  ownerName: 'Siam',
  name: 'Exists from the start',
  enabled: false,
  eventUrl: 'https://api.example.com/hook',
  eventList: ['booking.create'],
}
const bodyFor = (identifier: string): string =>
  JSON.stringify({ ...validBody, entity: { identifier, name: 'Other' } })

t.test('GET /__admin/webhooks shows what is stored, of all or of one entity', async (t) => {
  const { app, create } = sandbox(t, { data: { webhooks: [seeded] } })
  const created = (await create()).json<object>()
  const other = (
    await create({ url: webhooksOf(otherEntity), payload: bodyFor(otherEntity) })
  ).json<object>()
  const [first] = app.control.webhooks.list()
  t.match(first, { name: 'Exists from the start', version: 1 })
  const cases = [
    { query: '', webhooks: [first, created, other] },
    { query: `?managingEntityIdentifier=${entity.toUpperCase()}`, webhooks: [first, created] },
    { query: `?managingEntityIdentifier=${otherEntity}`, webhooks: [other] },
    { query: '?managingEntityIdentifier=unknown', webhooks: [] },
  ]
  for (const { query, webhooks } of cases) {
    t.strictSame((await app.inject(`/__admin/webhooks${query}`)).json(), { webhooks }, query)
  }
  t.strictSame(app.control.webhooks.list({ managingEntityIdentifier: otherEntity }), [other])
})

t.test('what is shown is a copy: to change it changes nothing', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  const [webhook] = app.control.webhooks.list()
  webhook?.eventList.push('smuggled')
  t.strictSame(app.control.webhooks.list()[0]?.eventList, validBody.eventList)
  const state = app.control.state.export()
  app.control.state.import(state)
  state.webhooks?.[0]?.eventList.push('smuggled')
  t.strictSame(app.control.webhooks.list()[0]?.eventList, validBody.eventList)
})

t.test('a body over the limit is 413, which says the limit of the operation', async (t) => {
  const { app } = sandbox(t)
  const limits = [
    { url: '/__admin/state', method: 'PUT', mebibytes: 256 },
    { url: '/__admin/reset', method: 'POST', mebibytes: 1 },
  ] as const
  for (const { url, method, mebibytes } of limits) {
    const headers = {
      'content-type': 'application/json',
      'content-length': String(mebibytes * 1024 * 1024 + 1),
    }
    const response = await app.inject({ url, method, headers, payload: '{}' })
    t.equal(response.statusCode, 413)
    t.equal(problemOf(t, response).detail, `Send a body within the limit of ${mebibytes} MiB.`)
  }
})

t.test('state goes out and comes in again in the form of a data file', async (t) => {
  const data: SandboxData = {
    managingEntities: [{ identifier: entity, name: 'Siam' }],
    tokens: [
      { token: 'some-token' },
      { token: 'other', scopes: ['account.read'], expiresAt: '2030-01-01T00:00:00Z' },
    ],
    clients: [
      { id: 'some-client', secret: 'some-secret' },
      { id: 'other', secret: 'x', managingEntities: [entity], tokenLifetimeSeconds: 1 },
    ],
  }
  const source = sandbox(t, { data })
  await source.create()
  const exported = await source.app.inject('/__admin/state')
  t.match(exported.json(), data)
  t.strictSame(exported.json(), source.app.control.state.export())

  const target = sandbox(t)
  const response = await target.app.inject({
    method: 'PUT',
    url: '/__admin/state',
    headers: { 'content-type': 'application/json' },
    payload: exported.body,
  })
  t.equal(response.statusCode, 204)
  t.equal((await target.app.inject('/__admin/state')).body, exported.body)
  t.equal((await target.create({ headers: { authorization: 'Bearer nobody' } })).statusCode, 401)
  t.equal((await target.create()).statusCode, 201)
  t.ok(sandbox(t, { data: exported.json() }), 'a sandbox starts with it')
})

t.test('a state larger than the body of a request is imported', async (t) => {
  const { app } = sandbox(t)
  const webhooks = Array.from({ length: 4_000 }, (_item, index) => ({
    ...seeded,
    name: `Webhook ${index} ${'x'.repeat(200)}`,
  }))
  const payload = JSON.stringify({ webhooks })
  t.ok(payload.length > 1024 * 1024)
  const headers = { 'content-type': 'application/json' }
  const response = await app.inject({ method: 'PUT', url: '/__admin/state', headers, payload })
  t.equal(response.statusCode, 204)
  t.equal(app.control.webhooks.list().length, 4_000)
})

t.test('an import without a body is refused, and one of {} empties', async (t) => {
  const { app } = sandbox(t, { data: { webhooks: [seeded] } })
  const json = { 'content-type': 'application/json' }
  for (const headers of [{}, json]) {
    const response = await app.inject({ method: 'PUT', url: '/__admin/state', headers })
    t.equal(response.statusCode, 400)
    t.match(problemOf(t, response), { detail: /send a data file \(\{\} empties all\)/ })
    t.equal(app.control.webhooks.list().length, 1)
  }
  const empty = { method: 'PUT', url: '/__admin/state', headers: json, payload: {} } as const
  t.equal((await app.inject(empty)).statusCode, 204)
  t.equal(app.control.webhooks.list().length, 0)
})

t.test('a bad document changes nothing', async (t) => {
  const { app, create } = sandbox(t, {
    maxWebhooks: 2,
    data: { tokens: [{ token: 'some-token' }] },
  })
  await create()
  const before = (await app.inject('/__admin/state')).body
  const cases: { state: unknown; pointer: string }[] = [
    { state: [], pointer: '#' },
    { state: { webhook: [] }, pointer: '#/webhook' },
    { state: { webhooks: [{ ...seeded, name: 1 }] }, pointer: '#/webhooks/0/name' },
    { state: { webhooks: [seeded, seeded, seeded] }, pointer: '#/webhooks' },
    { state: { tokens: [{ token: 'a' }, { token: 'a' }] }, pointer: '#/tokens/1/token' },
    {
      state: { managingEntities: [], webhooks: [seeded] },
      pointer: '#/webhooks/0/ownerIdentifier',
    },
  ]
  for (const { state, pointer } of cases) {
    const response = await app.inject({
      method: 'PUT',
      url: '/__admin/state',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(state),
    })
    t.equal(response.statusCode, 400, pointer)
    t.match(problemOf(t, response), { properties: { errors: [{ pointer }] } })
    t.throws(() => {
      app.control.state.import(state as SandboxData)
    }, DataError)
    t.equal((await app.inject('/__admin/state')).body, before)
  }
})

t.test(
  'ids that are all taken are a failure of whoever gives them, not of the state',
  async (t) => {
    const id = '4d1f2a66-9d0e-4c5b-a7b8-0a1b2c3d4e5f'
    const { app } = sandbox(t, { ids: () => id })
    const payload = { webhooks: [{ ...seeded, id }, seeded] }
    const response = await app.inject({ method: 'PUT', url: '/__admin/state', payload })
    t.equal(problemOf(t, response).status, 500)
  },
)
