import t, { type Test } from 'tap'
import { DataError, type SandboxData, type Webhook } from '../../../src/index.ts'
import {
  entity,
  otherEntity,
  validBody,
  webhookData,
  webhookRequest,
  webhooksOf,
  webhookWithoutId,
} from '../../fixtures/requests.ts'
import { problemOf, sandbox, type TestSandbox } from '../../fixtures/sandbox.ts'

const lastVersion = 9_007_199_254_740_990

/** Sees that an import throws, and that nothing has changed by it. */
async function isRefused(
  t: Test,
  { app }: TestSandbox,
  data: SandboxData,
  error: RegExp | typeof DataError,
) {
  const before = app.control.state.export()
  t.throws(() => {
    app.control.state.import(data)
  }, error)
  t.strictSame(app.control.state.export(), before)
  const response = await app.inject({ method: 'PUT', url: '/__admin/state', payload: data })
  t.equal(problemOf(t, response).status, error === DataError ? 400 : 500)
  t.strictSame(app.control.state.export(), before)
}

const given = { tokens: [{ token: 'some-token' }], webhooks: [webhookData] }
const other = {
  tokens: [{ token: 'other' }],
  clients: [{ id: 'a', secret: 'b' }],
  webhooks: [webhookWithoutId, webhookWithoutId, { ...webhookWithoutId, name: 'last' }],
}

t.test('attacks F8: where the ids throw half-way, an import changes nothing', async (t) => {
  let left = 2
  const ids = (): string => {
    left -= 1
    if (left < 0) throw new Error('no more ids')
    return `4d1f2a66-9d0e-4c5b-a7b8-0a1b2c3d4e5${left}`
  }
  const box = sandbox(t, { ids, data: given })
  await isRefused(t, box, other, /^ids: threw Error: no more ids$/)
})

t.test('attacks F8: where the clock throws, an import changes nothing', async (t) => {
  let readings = Infinity
  const clock = (): number => {
    readings -= 1
    return readings < 0 ? NaN : 0
  }
  const box = sandbox(t, { clock, data: given })
  readings = 1
  await isRefused(t, box, other, /clock: gave NaN/)
})

t.test('attacks F8: a refused import uses up no ids of the seed', async (t) => {
  const nextId = async (maxWebhookBytes: number): Promise<string> => {
    const box = sandbox(t, { seed: 1, ids: undefined as never, maxWebhookBytes })
    const webhooks = [webhookWithoutId, { ...webhookWithoutId, name: 'x'.repeat(10_000) }]
    await isRefused(t, box, { webhooks }, DataError)
    return (await box.create()).json<Webhook>().id
  }
  const untouched = sandbox(t, { seed: 1, ids: undefined as never })
  t.equal(await nextId(10_000), (await untouched.create()).json<Webhook>().id)
})

t.test('attacks 26: a version that cannot be counted up is refused', async (t) => {
  for (const version of [lastVersion + 1, lastVersion + 2, 1e300]) {
    const data = { webhooks: [{ ...webhookData, version }] }
    await isRefused(t, sandbox(t, { data: given }), data, DataError)
  }
})

t.test('attacks 26: what an update makes of the last version is a 409', async (t) => {
  const data = { webhooks: [{ ...webhookData, version: lastVersion - 1 }] }
  const { app } = sandbox(t, { data })
  const update = () => app.inject(webhookRequest('PATCH', webhookData.id))
  t.equal((await update()).json<Webhook>().version, lastVersion)
  const refused = await update()
  t.equal(refused.statusCode, 409)
  t.match(problemOf(t, refused).detail, /the last version, 9007199254740990; delete it and/)
  t.match(app.control.webhooks.list(), [{ version: lastVersion }])
  app.control.state.import(app.control.state.export())
})

t.test('attacks 25: what is exported can be imported, whatever the paths were', async (t) => {
  const { app, create } = sandbox(t, { switches: { entityMismatch: 'path-wins' } })
  t.equal((await create({ url: webhooksOf('no%20UUID') })).statusCode, 201)
  const state = app.control.state.export()
  app.control.state.import(state)
  t.strictSame(app.control.state.export(), state)
})

t.test('attacks 25: a reset brings no webhook back whose managing entity is gone', async (t) => {
  const start = {
    managingEntities: [{ identifier: entity, name: 'Siam' }],
    webhooks: [webhookData],
  }
  const { app, create } = sandbox(t, { data: start })
  app.control.state.import({ managingEntities: [{ identifier: otherEntity, name: 'Other' }] })
  app.control.reset({ only: ['webhooks'] })
  t.strictSame(app.control.webhooks.list(), [])
  app.control.state.import(app.control.state.export())
  app.control.reset()
  t.match(app.control.webhooks.list(), [webhookData])
  t.equal((await create({ payload: validBody })).statusCode, 201)
})
