import t from 'tap'
import type { Tenant } from '../../../src/index.ts'
import { createRequest, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox, type TestSandbox } from '../../fixtures/sandbox.ts'

/** Creates a webhook of a tenant; gives the status. */
async function createFor({ create }: TestSandbox, tenant: Tenant): Promise<number> {
  const { managingEntityIdentifier: identifier, name, token } = tenant
  const { statusCode } = await create({
    url: webhooksOf(identifier),
    headers: { authorization: `Bearer ${token}` },
    payload: JSON.stringify({ ...validBody, entity: { identifier, name } }),
  })
  return statusCode
}

t.test('everything of a tenant is narrowed to it', async (t) => {
  const shared = sandbox(t)
  const [mine, others] = [shared.app.control.tenant(), shared.app.control.tenant()]
  const { managingEntityIdentifier } = mine

  const armed = mine.faults.arm({
    match: { operation: 'create-webhook' },
    effect: { status: 503 },
  })
  t.strictSame(armed.match, { operation: 'create-webhook', managingEntityIdentifier })
  t.strictSame(mine.faults.arm({ times: 2, effect: { status: 500 } }).match, {
    managingEntityIdentifier,
  })
  others.faults.arm({ effect: { status: 409 } })
  t.equal(mine.faults.list().length, 2)
  const waiting = mine.requests.wait({ count: 4 })
  t.equal(await createFor(shared, others), 409)
  t.equal(await createFor(shared, mine), 503)
  t.equal(await createFor(shared, mine), 500)
  t.equal(await createFor(shared, others), 201)
  mine.faults.clear()
  t.equal(others.faults.list().length, 1)
  t.equal(await createFor(shared, mine), 201)
  t.equal(await createFor(shared, mine), 201)

  const statuses = [503, 500, 201, 201]
  t.strictSame(
    (await waiting).map(({ status }) => status),
    statuses,
  )
  t.strictSame(
    mine.requests.find().map(({ status }) => status),
    statuses,
  )
  t.equal(mine.requests.find({ status: 201 }).length, 2)
  t.equal(mine.requests.count(), 4)
  t.equal(mine.requests.count({ status: 409 }), 0)
  t.equal(mine.webhooks.list().length, 2)
  t.equal(others.webhooks.list().length, 1)
  t.match(others.webhooks.list(), [{ ownerIdentifier: others.managingEntityIdentifier }])

  mine.requests.clear({ status: 503 })
  t.equal(mine.requests.count(), 3)
  mine.requests.clear()
  t.equal(mine.requests.count(), 0)
  t.equal(others.requests.count(), 2)
  mine.reset({ only: ['requests'] })
  t.equal(mine.webhooks.list().length, 2, 'a part that is left out stays')
  mine.reset()
  t.strictSame(mine.webhooks.list(), [])
  t.equal(others.webhooks.list().length, 1)
  t.equal(others.faults.list().length, 1)
})

t.test('events and deliveries of a tenant are narrowed to it', async (t) => {
  const shared = sandbox(t)
  const [mine, others] = [shared.app.control.tenant(), shared.app.control.tenant()]
  for (const tenant of [mine, others]) t.equal(await createFor(shared, tenant), 201)
  const [webhook] = others.webhooks.list()
  const event = { type: 'booking.created', waitMs: 0 }
  t.match(await mine.events.trigger(event), { deliveries: [{ state: 'skipped' }] })
  await others.events.trigger(event)
  await t.rejects(mine.events.trigger({ ...event, webhookId: String(webhook?.id) }), {
    name: 'ApiError',
    problem: 'not-found',
  })
  const { managingEntityIdentifier } = others
  const stranger = { ...event, managingEntityIdentifier }
  await t.rejects(async () => mine.events.trigger(stranger), {
    name: 'ApiError',
    problem: 'bad-request',
    violations: [{ pointer: '#/managingEntityIdentifier' }],
  })
  const [delivery, ...more] = mine.deliveries.list()
  t.strictSame(more, [])
  t.strictSame(await mine.deliveries.wait({ state: 'skipped' }), [delivery])
  t.strictSame(mine.deliveries.list({ type: 'x' }), [])
  t.strictSame(others.deliveries.get(String(delivery?.id)), delivery, 'by id, of any tenant')
  await t.rejects(others.deliveries.redeliver(String(delivery?.id)), { message: /was skipped/ })
  mine.deliveries.clear({ state: 'pending' })
  t.equal(mine.deliveries.list().length, 1)
  mine.deliveries.clear()
  t.equal(mine.deliveries.list().length, 0)
  t.equal(others.deliveries.list().length, 1)
  others.reset()
  t.equal(others.deliveries.list().length, 0)
})

t.test('a tenant of the library has what POST /__admin/tenants gives', async (t) => {
  const { app } = sandbox(t, { data: { managingEntities: [], tokens: [], clients: [] } })
  const payload = { name: 'Mine' }
  const url = '/__admin/tenants'
  const given = (await app.inject({ method: 'POST', url, payload })).json<Tenant>()
  const tenant = app.control.tenant({ name: 'Mine' })
  const { entity } = tenant
  const own = ['entity', 'faults', 'requests', 'events', 'deliveries', 'webhooks', 'reset']
  t.strictSame(Object.keys(tenant).sort(), [...Object.keys(given), ...own].sort())
  t.strictSame(entity, { identifier: tenant.managingEntityIdentifier, name: 'Mine' })
  t.match(app.control.state.export(), {
    managingEntities: [{}, entity],
    tokens: [{}, { token: tenant.token }],
    clients: [{}, { id: tenant.clientId, secret: tenant.clientSecret }],
  })
  t.match(app.control.tenant(), { name: /^Tenant [\da-f]{8}$/ })
})

t.test('a tenant refuses a rule or a filter that names a managing entity', async (t) => {
  const { control } = sandbox(t).app
  const [mine, others] = [control.tenant(), control.tenant()]
  const { managingEntityIdentifier } = others
  const filter = { managingEntityIdentifier } as object
  const atFilter = '#/managingEntityIdentifier'
  const cases: { name: string; use: () => unknown; pointer: string }[] = [
    {
      name: 'faults.arm',
      use: () => mine.faults.arm({ match: filter, effect: { status: 503 } }),
      pointer: '#/match/managingEntityIdentifier',
    },
    { name: 'requests.find', use: () => mine.requests.find(filter), pointer: atFilter },
    { name: 'requests.count', use: () => mine.requests.count(filter), pointer: atFilter },
    { name: 'requests.wait', use: () => mine.requests.wait(filter), pointer: atFilter },
    {
      name: 'requests.clear',
      use: () => {
        mine.requests.clear(filter)
      },
      pointer: atFilter,
    },
    {
      name: 'reset',
      use: () => {
        mine.reset(filter)
      },
      pointer: atFilter,
    },
  ]
  for (const { name, use, pointer } of cases) {
    await t.rejects(
      Promise.resolve().then(use),
      {
        name: 'ApiError',
        status: 400,
        message: `${pointer} must be left out: the tenant adds its own.`,
        violations: [{ pointer, detail: 'must be left out: the tenant adds its own' }],
      },
      name,
    )
  }
  t.strictSame(control.faults.list(), [])
  const omitted = { managingEntityIdentifier: null } as object
  t.strictSame(mine.requests.find(omitted), [], 'null counts as left out')
})

t.test('a tenant refuses what the library refuses', (t) => {
  const tenant = sandbox(t).app.control.tenant()
  const error = { name: 'ApiError', status: 400 }
  for (const value of [null, 5, 'x', []] as never[]) {
    t.throws(() => tenant.faults.arm(value), error)
    t.throws(() => tenant.requests.find(value), error)
    t.throws(() => {
      tenant.reset(value)
    }, error)
  }
  t.throws(() => tenant.faults.arm({ effect: {} as never }), error)
  t.throws(() => tenant.requests.find({ nam: 1 } as object), error)
  t.throws(
    () => {
      tenant.reset({ only: ['clock' as never] })
    },
    { ...error, violations: [{ pointer: '#/only/0' }] },
  )
  t.end()
})

t.test('get and remove of a tenant take the id of any', async (t) => {
  const { app, create } = sandbox(t)
  const tenant = app.control.tenant()
  const fault = app.control.faults.arm({ skip: 1, effect: { status: 503 } })
  t.strictSame(tenant.faults.get(fault.id), fault)
  tenant.faults.remove(fault.id)
  t.throws(() => tenant.faults.get(fault.id), { name: 'ApiError', status: 404 })
  const id = String((await create()).headers['x-wink-mock-request-id'])
  t.match(tenant.requests.get(id), { id, operation: 'create-webhook' })
})

t.test('requests for tokens belong to no tenant', async (t) => {
  const { app } = sandbox(t)
  const tenant = app.control.tenant()
  const ofTokens = { operation: 'create-token' as never }
  const refusal = (pointer: string) => ({
    name: 'ApiError',
    violations: [
      {
        pointer,
        detail:
          'must be another one: no request of create-token belongs to a managing entity or a tenant',
      },
    ],
  })
  t.throws(
    () => tenant.faults.arm({ match: ofTokens, effect: { status: 503 } }),
    refusal('#/match/operation'),
    'such a rule could never act',
  )
  t.throws(() => tenant.requests.find(ofTokens), refusal('#/operation'))
  t.throws(() => tenant.requests.count(ofTokens), refusal('#/operation'))
  t.throws(() => {
    tenant.requests.clear(ofTokens)
  }, refusal('#/operation'))
  await t.rejects(tenant.requests.wait(ofTokens), refusal('#/operation'), 'no wait in vain')
  tenant.faults.arm({ effect: { status: 503 } })
  const { clientId, clientSecret } = tenant
  const token = await app.inject({
    method: 'POST',
    url: '/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
  })
  t.equal(token.statusCode, 200)
  t.equal(tenant.requests.count(), 0)
  t.equal((await app.inject(createRequest())).statusCode, 201)
})
