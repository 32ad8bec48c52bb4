import t, { type Test } from 'tap'
import { connectSandbox } from '../../src/client/index.ts'
import type { ClockSetting, Sandbox, Tenant } from '../../src/index.ts'
import { entity, otherEntity, validBody, webhookData, webhooksOf } from '../fixtures/requests.ts'
import { recordingReceiver } from '../fixtures/deliveries.ts'
import { errorOf, type AnySandbox } from '../fixtures/any-sandbox.ts'
import { listening } from '../fixtures/wire.ts'

const transports: Record<string, (sandbox: Sandbox) => AnySandbox | Promise<AnySandbox>> = {
  'in process': (sandbox) => sandbox,
  'over HTTP': ({ url }) => connectSandbox(`${url}/`, { adminToken: 's3cr3t' }),
}

const withoutTenant = { managingEntityIdentifier: entity, name: 'Siam', token: 'some-token' }

/** Creates a webhook; gives the status. */
async function create(
  { url }: AnySandbox,
  tenant: Pick<Tenant, 'managingEntityIdentifier' | 'name' | 'token'> = withoutTenant,
): Promise<number> {
  const { managingEntityIdentifier: identifier, name, token } = tenant
  const { status } = await fetch(url + webhooksOf(identifier), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...validBody, entity: { identifier, name } }),
  })
  return status
}

/** Runs a test with each transport. */
const both = {
  test: (name: string, test: (t: Test, sandbox: AnySandbox) => Promise<void>): void => {
    for (const [transport, reach] of Object.entries(transports)) {
      void t.test(`${name}, ${transport}`, async (t) => {
        await test(t, await reach(await listening(t, { adminToken: 's3cr3t' })))
      })
    }
  },
}

both.test('faults are armed, shown and removed', async (t, sandbox) => {
  const match = { managingEntityIdentifier: entity }
  const first = await sandbox.faults.arm({ match, effect: { status: 503 } })
  const second = await sandbox.faults.arm({ times: null, effect: { status: 500 } })
  t.match(first, { match, times: 1, remaining: 1, effect: { status: 503 } })
  t.strictSame(await sandbox.faults.list(), [first, second])
  t.strictSame(await sandbox.faults.list(match), [first])
  t.equal(await create(sandbox), 503)
  t.match(await sandbox.faults.get(first.id), { acted: 1, remaining: 0 })
  await sandbox.faults.remove(second.id)
  t.equal(await create(sandbox), 201)
  await sandbox.faults.clear({ managingEntityIdentifier: otherEntity })
  t.equal((await sandbox.faults.list()).length, 1)
  await sandbox.faults.clear()
  t.strictSame(await sandbox.faults.list(), [])
})

both.test('events are triggered; deliveries are listed, awaited, repeated', async (t, sandbox) => {
  const { url, received } = await recordingReceiver(t)
  t.equal(await create(sandbox), 201)
  const type = 'booking.created'
  const mine = { managingEntityIdentifier: entity }
  const { event, deliveries } = await sandbox.events.trigger({
    ...mine,
    type,
    deliverTo: url,
    waitMs: 60_000,
  })
  t.match(deliveries, [{ eventId: event.id, state: 'delivered' }])
  t.strictSame(await sandbox.deliveries.list({ ...mine, type }), deliveries)
  t.strictSame(await sandbox.deliveries.list({ type: 'x' }), [])
  const id = String(deliveries[0]?.id)
  t.strictSame(await sandbox.deliveries.get(id), deliveries[0])
  const again = await sandbox.deliveries.redeliver(id, { waitMs: 60_000 })
  t.match(again, { id, state: 'delivered', attempts: { length: 2 } })
  t.strictSame(await sandbox.deliveries.wait({ id }), [again])
  t.equal(received.length, 2)
  const tenant = await sandbox.tenant({ deliverTo: url })
  t.equal(tenant.deliverTo, url)
  t.equal(await create(sandbox, tenant), 201)
  await tenant.events.trigger({ type, waitMs: 60_000 })
  t.equal((await tenant.deliveries.list()).length, 1)
  const [own] = await tenant.deliveries.wait()
  t.match(own, { state: 'delivered' })
  t.strictSame(await tenant.deliveries.get(String(own?.id)), own)
  t.match(await tenant.deliveries.redeliver(String(own?.id)), { state: 'pending' })
  t.match(await tenant.deliveries.wait(), [{ attempts: { length: 2 } }])
  await tenant.deliveries.clear()
  t.strictSame(await tenant.deliveries.list(), [])
  await sandbox.reset({ only: ['deliveries'] })
  t.strictSame(await sandbox.deliveries.list(), [])
  const gone = new AbortController()
  const waiting = errorOf(() => sandbox.deliveries.wait({ timeoutMs: 60_000 }, gone.signal))
  gone.abort()
  t.match(await waiting, { name: 'AbortError' })
})

both.test('the journal is searched, counted, awaited and cleared', async (t, sandbox) => {
  await sandbox.faults.arm({ effect: { connection: 'empty-response' } })
  const waiting = sandbox.requests.wait({ operation: 'create-webhook', count: 2 })
  t.ok(await errorOf(() => create(sandbox)))
  t.equal(await create(sandbox), 201)
  const found = await waiting
  t.match(found, [{ status: null }, { status: 201 }])
  t.strictSame(await sandbox.requests.find(), found)
  const [lost] = found
  t.strictSame(await sandbox.requests.get(String(lost?.id)), lost)
  t.equal(await sandbox.requests.count({ status: 201 }), 1)
  await sandbox.requests.clear({ status: null })
  t.equal(await sandbox.requests.count(), 1)
  await sandbox.requests.clear()
  t.strictSame(await sandbox.requests.find(), [])
})

both.test(
  'requests are exported as HAR, as an .http file and as a curl command',
  async (t, sandbox) => {
    const tenant = await sandbox.tenant()
    t.equal(await create(sandbox, tenant), 201)
    t.equal(await create(sandbox), 201)
    const [mine, other] = await sandbox.requests.find()
    const [id, otherId] = [String(mine?.id), String(other?.id)]
    t.match((await sandbox.requests.har()).log.entries, [{ comment: id }, { comment: otherId }])
    t.match((await sandbox.requests.har({ limit: 1, order: 'desc' })).log, {
      entries: { length: 1, 0: { comment: otherId } },
    })
    const path = `${sandbox.url}${webhooksOf(tenant.managingEntityIdentifier)}`
    const command = await sandbox.requests.curl(id)
    t.match(command, `curl -i -X POST '${path}' `)
    t.equal(await tenant.requests.curl(id), command)
    t.match(await sandbox.requests.http(), new RegExp(`${id}.*${otherId}`, 's'))
    const own = await tenant.requests.http()
    t.match(own, `POST ${path} HTTP/1.1\n`)
    t.notMatch(own, otherId, 'of the tenant alone')
    t.match((await tenant.requests.har()).log, { entries: { length: 1, 0: { comment: id } } })
    const ids = [otherId]
    t.match(await sandbox.requests.find({ ids }), [other])
    const { log } = await sandbox.requests.har({ ids })
    t.match(log, { entries: { length: 1, 0: { comment: otherId } } })
    t.notMatch(await sandbox.requests.http({ ids }), id)
    t.strictSame(await tenant.requests.find({ ids }), [], 'of another managing entity')
  },
)

both.test('a wait that times out says what came instead', async (t, sandbox) => {
  await create(sandbox)
  t.match(await errorOf(() => sandbox.requests.wait({ status: 409, timeoutMs: 1 })), {
    name: 'ApiError',
    status: 408,
    problem: 'request-timeout',
    message:
      /^0 of 1 requests {"status":409} came within 1 ms; the last others were POST .*: 201\.$/,
    violations: undefined,
    properties: { count: 0, requests: [{ status: 201 }] },
  })
})

both.test('a wait ends with its AbortSignal', async (t, sandbox) => {
  const controller = new AbortController()
  const waiting = sandbox.requests.wait({ timeoutMs: 600_000 }, controller.signal)
  const reason = new Error('the user pressed stop')
  controller.abort(reason)
  t.equal(await errorOf(() => waiting), reason, 'with its reason, as fetch does')
  t.equal(await errorOf(() => sandbox.requests.wait({}, controller.signal)), reason)
})

both.test('state, webhooks, ambiguities and reset', async (t, sandbox) => {
  await sandbox.state.import({ webhooks: [webhookData] })
  t.match(await sandbox.state.export(), { webhooks: [webhookData] })
  t.match(await sandbox.webhooks.list(), [{ id: webhookData.id }])
  const filter = { managingEntityIdentifier: otherEntity }
  t.strictSame(await sandbox.webhooks.list(filter), [])
  t.match((await sandbox.ambiguities.list())[0], { question: String, current: String })
  await create(sandbox)
  await sandbox.reset({ only: ['requests'] })
  t.equal(await sandbox.requests.count(), 0)
  t.equal((await sandbox.webhooks.list()).length, 2)
  await sandbox.reset()
  t.strictSame(await sandbox.webhooks.list(), [])
})

both.test('the settings are listed', async (t, sandbox) => {
  t.match(await sandbox.settings.list(), [
    { name: 'port', flag: '--port', value: Number(new URL(sandbox.url).port), origin: 'default' },
  ])
})

both.test('the clock is set and advanced', async (t, sandbox) => {
  const frozen: ClockSetting = { mode: 'frozen', instant: '2026-01-14T09:30:00Z' }
  t.match(await sandbox.clock.set(frozen), { ...frozen, now: '2026-01-14T09:30:00.000Z' })
  t.match(await sandbox.clock.advance(60_000), { now: '2026-01-14T09:31:00.000Z' })
  t.match(await sandbox.clock.read(), { mode: 'frozen', now: '2026-01-14T09:31:00.000Z' })
})

both.test('a tenant has its own part of the sandbox', async (t, sandbox) => {
  const [mine, others] = [await sandbox.tenant({ name: 'Mine' }), await sandbox.tenant()]
  const { managingEntityIdentifier } = mine
  t.match(mine, {
    name: 'Mine',
    entity: { identifier: managingEntityIdentifier, name: 'Mine' },
    token: /^tenant-/,
    baseUrl: sandbox.url,
  })
  const armed = await mine.faults.arm({ effect: { status: 503 } })
  t.match(armed.match, { managingEntityIdentifier })
  t.equal(await create(sandbox, others), 201)
  const waiting = mine.requests.wait({ status: 503 })
  t.equal(await create(sandbox, mine), 503)
  t.equal((await waiting).length, 1)
  t.equal(await create(sandbox, mine), 201)
  t.equal(await mine.requests.count(), 2)
  t.match(await mine.requests.find({ status: 201 }), [{ managingEntityIdentifier }])
  t.match(await mine.webhooks.list(), [{ ownerIdentifier: managingEntityIdentifier }])
  t.equal((await mine.faults.get(armed.id)).remaining, 0)
  await mine.faults.remove(armed.id)
  t.strictSame(await mine.faults.list(), [])
  await mine.requests.clear({ status: 503 })
  t.equal((await mine.requests.get(String((await mine.requests.find())[0]?.id))).status, 201)
  await mine.reset()
  t.strictSame(await mine.webhooks.list(), [])
  t.equal((await others.webhooks.list()).length, 1)
  t.match(await sandbox.tenants.create(), { name: /^Tenant / })

  const filter = { managingEntityIdentifier } as object
  t.match(await errorOf(() => mine.requests.find(filter)), {
    name: 'ApiError',
    status: 400,
    violations: [{ pointer: '#/managingEntityIdentifier' }],
  })
})

t.test('the client has the methods of the library, each giving a promise', async (t) => {
  const server = await listening(t)
  const client = await connectSandbox(server.url)
  for (const [name, part] of Object.entries<object>({ ...server.app.control })) {
    const own = (client as unknown as Record<string, object>)[name]
    t.strictSame(Object.keys(own ?? {}).sort(), Object.keys(part).sort(), name)
    t.equal(typeof own, typeof part)
  }
  const tenant = client.tenant()
  t.type(tenant, Promise)
  t.strictSame(Object.keys(await tenant), Object.keys(server.tenant()))
  const never = (await tenant).requests.find({ managingEntityIdentifier: entity } as object)
  t.type(never, Promise, 'also where the tenant itself refuses')
  await t.rejects(never, { name: 'ApiError', status: 400 })
})
