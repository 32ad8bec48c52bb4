import { randomUUID } from 'node:crypto'
import t, { type Test } from 'tap'
import { buildApp, type AppOptions, type SandboxData, type Webhook } from '../../src/index.ts'
import { createRequest, entity, webhookData, webhookWithoutId } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'

const uuidV4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** Everything that is left to chance in a run. */
async function run(t: Test, options: AppOptions): Promise<string[]> {
  const app = buildApp(options)
  t.teardown(() => app.close())
  const { control } = app
  const fault = control.faults.arm({
    times: null,
    probability: 0.5,
    effect: { status: 503 },
  })
  const responses = []
  for (let index = 0; index < 20; index += 1) responses.push(await app.inject(createRequest()))
  const { managingEntityIdentifier, token, clientId, clientSecret } = control.tenants.create()
  return [
    fault.id,
    managingEntityIdentifier,
    token,
    clientId,
    clientSecret,
    ...responses.map(({ statusCode }) => String(statusCode)),
    ...responses.map(({ headers }) => String(headers['x-wink-mock-request-id'])),
    ...control.webhooks.list().map(({ id }) => id),
  ]
}

t.test('a seed makes ids and chance the same in every run', async (t) => {
  const one = await run(t, { seed: 42 })
  t.strictSame(await run(t, { seed: 42 }), one)
  t.notSame(await run(t, { seed: 43 }), one)
  t.notSame(await run(t, {}), await run(t, {}), 'without a seed they differ')
  const statuses = one.filter((text) => /^\d{3}$/.test(text))
  t.strictSame([...new Set(statuses)].sort(), ['201', '503'])
  const ids = one.filter((text) => uuidV4.test(text))
  t.equal(ids.length, 2 + 20 + statuses.filter((status) => status === '201').length)
  t.equal(new Set(ids).size, ids.length, 'all of them are valid v4 UUIDs, none comes twice')
})

t.test('a reset begins the ids of webhooks again, behind those of the start', async (t) => {
  const app = buildApp({ seed: 1, data: { webhooks: [webhookWithoutId] } })
  t.teardown(() => app.close())
  const { control } = app
  const ids = async (): Promise<string[]> => {
    for (let index = 0; index < 3; index += 1) await app.inject(createRequest())
    return control.webhooks.list().map(({ id }) => id)
  }
  const first = await ids()
  t.equal(new Set(first).size, 4)
  control.reset()
  t.strictSame(await ids(), first)
  control.reset({ only: ['webhooks'] })
  t.strictSame(await ids(), first)
  control.reset({ managingEntityIdentifier: entity })
  const later = await ids()
  t.equal(later[0], first[0], 'of one managing entity: only the webhook of the start is back')
  t.equal(new Set([...later, ...first]).size, 7)
})

t.test('ids that an imported webhook has are not given again', async (t) => {
  const options = { seed: 1, ids: undefined as never }
  const first = sandbox(t, options)
  await first.create()
  const [webhook] = first.app.control.webhooks.list()
  const data = { webhooks: [{ ...webhook, id: undefined }, webhook] } as SandboxData
  const { app, create } = sandbox(t, { ...options, data })
  await create()
  const ids = app.control.webhooks.list().map(({ id }) => id)
  t.equal(ids[1], webhook?.id)
  t.equal(new Set(ids).size, 3)
})

t.test('a source that gives one id for ever: 500, and nothing is lost', async (t) => {
  const { app, create } = sandbox(t, { ids: () => 'FFFFFFFF-ffff-4fff-bfff-ffffffffffff' })
  t.equal((await create()).statusCode, 201)
  t.equal((await create()).statusCode, 500)
  t.equal(app.control.webhooks.list().length, 1)
})

t.test('an own source of ids comes before the seed', async (t) => {
  const { create } = sandbox(t, { seed: 1, ids: () => 'ffffffff-ffff-4fff-bfff-ffffffffffff' })
  t.equal((await create()).json<Webhook>().id, 'ffffffff-ffff-4fff-bfff-ffffffffffff')
})

t.test('attacks F4: with a seed, an import costs the same for each entity, however many', (t) => {
  const { app } = sandbox(t, { seed: 1, ids: undefined as never })
  const cpuOf = (count: number): number => {
    const webhooks = Array.from({ length: count }, () => ({
      ...webhookWithoutId,
      ownerIdentifier: randomUUID(),
    }))
    const before = process.cpuUsage()
    app.control.state.import({ webhooks })
    return process.cpuUsage(before).user
  }
  const best = (count: number): number => Math.min(...[1, 2, 3].map(() => cpuOf(count)))
  const ratio = best(16_000) / best(2_000)
  t.ok(ratio < 24, `8 times as many took ${ratio} times as long; a search among all takes 64`)
  t.end()
})

t.test('attacks F4: with a seed, a create costs the same beside many entities', async (t) => {
  const msBeside = async (count: number): Promise<number> => {
    const webhooks = Array.from({ length: count }, () => ({
      ...webhookData,
      id: randomUUID(),
      ownerIdentifier: randomUUID(),
    }))
    const { create } = sandbox(t, { seed: 1, ids: undefined as never, data: { webhooks } })
    const times: number[] = []
    for (let index = 0; index < 30; index += 1) {
      const startedMs = performance.now()
      await create()
      times.push(performance.now() - startedMs)
    }
    return Math.min(...times)
  }
  const ratio = (await msBeside(40_000)) / (await msBeside(1))
  t.ok(ratio < 4, `beside 40,000 entities it took ${ratio} times as long as beside one`)
})

t.test('a seed is a whole number', (t) => {
  for (const seed of [-1, 0.5, NaN, 2 ** 31, '1' as never]) {
    t.throws(() => buildApp({ seed }), { name: 'RangeError', message: /^seed must be a whole/ })
  }
  t.end()
})
