import type { InjectOptions } from 'fastify'
import t from 'tap'
import type { SandboxData } from '../../src/index.ts'
import { entity, otherEntity, webhookData } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

interface Document {
  paths: Record<string, Record<string, Operation>>
}
interface Operation {
  requestBody?: object
}

const noBody = { pointer: '#', detail: 'must be left out: this operation takes no body' }
const unknown = { pointer: '#/x', detail: 'must be left out: no such member is known' }

t.test('contradictions: what is not understood is refused, for all of it', async (t) => {
  const { app } = sandbox(t)
  await app.ready()
  const { paths } = (await app.inject('/__admin/openapi.json')).json<Document>()
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  t.ok(operations.length > 20)
  for (const { path, method, operation } of operations) {
    const name = `${method.toUpperCase()} ${path}`
    const url = path.replace('{id}', entity)
    const request = { method: method.toUpperCase() as 'GET' }
    if (!path.endsWith('{id}') && operation.requestBody === undefined) {
      const response = await app.inject({ ...request, url: `${url}?x=1` })
      t.same(problemOf(t, response).properties?.errors, [unknown], `${name}: a parameter`)
    }
    if (operation.requestBody !== undefined) continue
    const response = await app.inject({ ...request, url, payload: { x: 1 } })
    t.same(problemOf(t, response).properties?.errors, [noBody], `${name}: a body`)
  }
})

t.test('contradictions: GET /__admin/health takes neither a parameter nor a body', async (t) => {
  const { app } = sandbox(t, { adminToken: 's3cr3t' })
  const health = (options: InjectOptions) => app.inject({ url: '/__admin/health', ...options })
  const withParameter = await health({ url: '/__admin/health?x=1' })
  t.same(problemOf(t, withParameter).properties?.errors, [unknown])
  t.same(problemOf(t, await health({ payload: '{}' })).properties?.errors, [noBody])
  t.equal((await health({})).statusCode, 200)
})

t.test('a parameter that comes twice is no text', async (t) => {
  const { app } = sandbox(t)
  const parameter = `managingEntityIdentifier=${entity}`
  const response = await app.inject(`/__admin/webhooks?${parameter}&${parameter}`)
  t.same(problemOf(t, response).properties?.errors, [
    { pointer: '#/managingEntityIdentifier', detail: 'must be a string' },
  ])
})

t.test('contradictions: a reset is told in one place', async (t) => {
  const { app } = sandbox(t)
  const reset = (query: string, payload?: object | string) =>
    app.inject({
      method: 'POST',
      url: `/__admin/reset${query}`,
      ...(payload !== undefined && {
        payload,
        headers: { 'content-type': 'application/json' },
      }),
    })
  const twice = (name: string) => [
    { pointer: `#/${name}`, detail: 'must be left out: the query has another value' },
  ]
  app.control.faults.arm({ effect: { status: 503 } })
  const only = await reset('?only=webhooks', { only: ['faults'] })
  t.same(problemOf(t, only).properties?.errors, twice('only'))
  const same = `?managingEntityIdentifier=${entity}`
  const owner = await reset(same, { managingEntityIdentifier: otherEntity })
  t.same(problemOf(t, owner).properties?.errors, twice('managingEntityIdentifier'))
  t.same(problemOf(t, await reset('?only=faults', 'null')).properties?.errors, [
    { pointer: '#', detail: 'must be an object' },
  ])
  t.equal((await reset('?only=faults', '[]')).statusCode, 400)
  t.equal(app.control.faults.list().length, 1, 'nothing has changed')
  t.equal((await reset(same, { only: ['webhooks'] })).statusCode, 204, 'each in one of them')
  const alike = await reset('?only=webhooks,requests', { only: ['webhooks', 'requests'] })
  t.equal(alike.statusCode, 204, 'the same value in both is no contradiction')
  t.equal((await reset('?only=faults', { only: null })).statusCode, 204)
  t.equal(app.control.faults.list().length, 0)
})

t.test('contradictions: the clock is no managing entity’s own', async (t) => {
  const { app } = sandbox(t)
  const errors = [
    { pointer: '#/only/1', detail: 'must be another part: all managing entities share the clock' },
  ]
  const url = `/__admin/reset?only=webhooks,clock&managingEntityIdentifier=${entity}`
  t.same(problemOf(t, await app.inject({ method: 'POST', url })).properties?.errors, errors)
})

t.test('contradictions: a clock is offset by 1,000 calendar years, and no more', (t) => {
  const { app } = sandbox(t)
  const later = Date.parse('3026-01-14T09:30:00Z') - Date.parse('2026-01-14T09:30:00Z')
  for (const offsetMs of [later, -later]) {
    t.equal(app.control.clock.set({ mode: 'offset', offsetMs }).offsetMs, offsetMs)
  }
  const dayMs = 24 * 60 * 60 * 1000
  const tooFar = { mode: 'offset', offsetMs: later + 2 * dayMs } as const
  t.throws(() => app.control.clock.set(tooFar), { name: 'ApiError' })
  t.end()
})

t.test('reports D11: an optional member that is null is left out, at every level', async (t) => {
  const { app } = sandbox(t)
  const { control } = app
  const send = (method: 'POST' | 'PUT', path: string, payload: object) =>
    app.inject({ method, url: `/__admin/${path}`, payload })
  const fault = await send('POST', 'faults', {
    match: { method: null, token: null },
    seed: null,
    when: null,
    effect: { status: 503, delayMs: null, body: null },
  })
  t.equal(fault.statusCode, 201)
  t.match(fault.json(), { match: {}, times: 1, when: 'before', effect: { status: 503 } })
  t.strictSame(fault.json<{ effect: object }>().effect, { status: 503 })
  t.equal((await send('POST', 'faults', { match: null, effect: { status: 503 } })).statusCode, 201)
  const endless = await send('POST', 'faults', { times: null, skip: null, effect: { status: 503 } })
  t.match(endless.json(), { times: null, skip: 0 }, 'null means something there')
  t.match((await send('POST', 'tenants', { name: null })).json(), { name: /^Tenant / })
  t.equal((await send('POST', 'reset', { only: null })).statusCode, 204)
  const clock = { mode: 'system', instant: null, offsetMs: null }
  t.equal((await send('PUT', 'clock', clock)).statusCode, 200)

  await app.inject('/api')
  const count = (filter: object) => send('POST', 'requests/count', filter)
  const all = { managingEntityIdentifier: null, method: null, operation: null, since: null }
  t.same((await count(all)).json(), { count: 1 })
  t.same((await count({ ...all, status: null })).json(), { count: 0 }, 'null: without an answer')
  const wait = await send('POST', 'requests/wait', { ...all, count: null, timeoutMs: null })
  t.equal(wait.statusCode, 200)

  const state = {
    managingEntities: null,
    tokens: [{ token: 'a', scopes: null, expiresAt: null }],
    clients: [{ id: 'a', secret: 'b', tokenLifetimeSeconds: null }],
    webhooks: [{ ...webhookData, version: null, createdDate: null }],
  }
  t.equal((await send('PUT', 'state', state)).statusCode, 204)
  t.strictSame(control.state.export().tokens, [{ token: 'a' }])
  t.match(control.state.export().webhooks, [{ version: 1 }])
  t.equal(
    sandbox(t, { data: state as unknown as SandboxData }).app.control.webhooks.list().length,
    1,
  )

  const required = await send('POST', 'faults', { effect: null, unknown: null })
  t.same(problemOf(t, required).properties?.errors, [
    { pointer: '#/unknown', detail: 'must be left out: no such member is known' },
    { pointer: '#/effect', detail: 'must be an object' },
  ])
})
