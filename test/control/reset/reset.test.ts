import t, { type Test } from 'tap'
import type { Reset, ResetPart } from '../../../src/control/reset/schema.ts'
import { entity, otherEntity, user, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { now, problemOf, sandbox, type TestSandbox } from '../../fixtures/sandbox.ts'

const start = {
  tokens: [{ token: 'some-token' }],
  webhooks: [entity, otherEntity].map((ownerIdentifier) => ({
    userIdentifier: user,
    ownerIdentifier,
    ownerName: 'Siam',
    name: 'Exists from the start',
    enabled: true,
    eventUrl: 'https://api.example.com/hook',
    eventList: [],
  })),
}

/** A sandbox in which a test has left something everywhere, for two managing entities. */
async function used(t: Test): Promise<TestSandbox> {
  const box = sandbox(t, { data: start })
  const { control } = box.app
  for (const identifier of [entity, otherEntity]) {
    const payload = JSON.stringify({ ...validBody, entity: { identifier, name: 'Siam' } })
    await box.create({ url: webhooksOf(identifier), payload })
    control.faults.arm({ match: { managingEntityIdentifier: identifier }, effect: { status: 503 } })
  }
  control.faults.arm({ match: { method: 'PUT' }, effect: { status: 503 } })
  control.clock.set({ mode: 'frozen', instant: '2030-01-01T00:00:00Z' })
  return box
}

/** How much of everything there is. */
const amounts = ({ app: { control } }: TestSandbox) => ({
  webhooks: control.webhooks.list().length,
  faults: control.faults.list().length,
  requests: control.requests.count(),
  clock: control.clock.read().mode,
})

const all = { webhooks: 4, faults: 3, requests: 2, clock: 'frozen' }

t.test('POST /__admin/reset goes back to the start, in whole or in part', (t) => {
  const cases: { query: string; reset: Reset; left: object }[] = [
    { query: '', reset: {}, left: { webhooks: 2, faults: 0, requests: 0, clock: 'system' } },
    { query: '?only=webhooks', reset: { only: ['webhooks'] }, left: { ...all, webhooks: 2 } },
    { query: '?only=faults', reset: { only: ['faults'] }, left: { ...all, faults: 0 } },
    { query: '?only=requests', reset: { only: ['requests'] }, left: { ...all, requests: 0 } },
    { query: '?only=clock', reset: { only: ['clock'] }, left: { ...all, clock: 'system' } },
    {
      query: '?only=webhooks,faults',
      reset: { only: ['webhooks', 'faults'] },
      left: { ...all, webhooks: 2, faults: 0 },
    },
    {
      query: '?only=webhooks&only=requests',
      reset: { only: ['webhooks', 'requests'] },
      left: { ...all, webhooks: 2, requests: 0 },
    },
    {
      query: `?managingEntityIdentifier=${entity}`,
      reset: { managingEntityIdentifier: entity.toUpperCase() },
      left: { webhooks: 3, faults: 2, requests: 1, clock: 'frozen' },
    },
    {
      query: `?managingEntityIdentifier=${entity}&only=webhooks`,
      reset: { managingEntityIdentifier: entity, only: ['webhooks'] },
      left: { ...all, webhooks: 3 },
    },
    {
      query: '?managingEntityIdentifier=unknown',
      reset: { managingEntityIdentifier: 'x' },
      left: all,
    },
  ]
  for (const { query, reset, left } of cases) {
    t.test(query || 'all', async (t) => {
      const box = await used(t)
      t.strictSame(amounts(box), all)
      const response = await box.app.inject({ method: 'POST', url: `/__admin/reset${query}` })
      t.equal(response.statusCode, 204)
      t.strictSame(amounts(box), left, 'by the query')

      const other = await used(t)
      const body = { method: 'POST', url: '/__admin/reset', payload: reset } as const
      t.equal((await other.app.inject(body)).statusCode, 204)
      t.strictSame(amounts(other), left, 'by the body')

      const third = await used(t)
      third.app.control.reset(reset)
      t.strictSame(amounts(third), left, 'from the library')
    })
  }
  t.end()
})

t.test('what a reset does not know is refused, and nothing is reset', async (t) => {
  const cases: { query?: string; payload?: object; pointer: string; says?: string }[] = [
    { query: '?only=webhook', pointer: '#/only/0' },
    { query: '?only=', pointer: '#/only/0' },
    { query: '?onyl=webhooks', pointer: '#/onyl' },
    { query: `?only=clock&managingEntityIdentifier=${entity}`, pointer: '#/only/0' },
    { payload: { only: [] }, pointer: '#/only', says: 'must have at least 1 item' },
    { payload: { only: 'webhooks' }, pointer: '#/only' },
    { payload: ['webhooks'], pointer: '#' },
  ]
  for (const { query = '', payload, pointer, says } of cases) {
    const box = await used(t)
    const response = await box.app.inject({
      method: 'POST',
      url: `/__admin/reset${query}`,
      ...(payload && { payload }),
    })
    t.equal(response.statusCode, 400, JSON.stringify({ query, payload }))
    const { properties } = problemOf(t, response)
    t.match(properties?.errors?.[0], { pointer, ...(says !== undefined && { detail: says }) })
    t.strictSame(amounts(box), all)
  }
  const { app } = sandbox(t)
  t.throws(
    () => {
      app.control.reset({ only: ['everything' as ResetPart] })
    },
    { name: 'ApiError', status: 400 },
  )
})

t.test('a whole reset brings managing entities and tokens of the start back', async (t) => {
  const { app, create } = sandbox(t, { data: start })
  app.control.state.import({ tokens: [] })
  t.equal((await create()).statusCode, 401)
  app.control.reset({ only: ['webhooks'] })
  t.equal((await create()).statusCode, 401)
  app.control.reset()
  t.equal((await create()).statusCode, 201)
})

t.test('webhooks of the start come back as they were', (t) => {
  const { app } = sandbox(t, { data: start, maxWebhooks: 2 })
  const before = app.control.webhooks.list()
  t.match(before, [{ createdDate: now }, { createdDate: now }])
  app.control.state.import({})
  app.control.reset({ managingEntityIdentifier: entity })
  t.strictSame(app.control.webhooks.list(), before.slice(0, 1))
  app.control.reset()
  t.strictSame(app.control.webhooks.list(), before)
  t.end()
})
