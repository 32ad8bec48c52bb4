import { setImmediate } from 'node:timers/promises'
import type { FastifyInstance, InjectOptions } from 'fastify'
import t from 'tap'
import type { SandboxApp, RequestWait } from '../../../src/index.ts'
import { entity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../../fixtures/wire.ts'

const control = (path: string, payload: object): InjectOptions => ({
  method: 'POST',
  url: `/__admin/requests/${path}`,
  payload,
})

/** How many turns the event loop makes until all requests are answered. */
async function turnsUntilAnswered(
  app: FastifyInstance,
  requests: InjectOptions[],
): Promise<{ turns: number; statuses: Set<number> }> {
  let answered = 0
  const statuses = new Set<number>()
  for (const request of requests) {
    void app.inject(request).then(({ statusCode }) => {
      statuses.add(statusCode)
      answered += 1
    })
  }
  let turns = 0
  for (; answered < requests.length; turns += 1) await setImmediate()
  return { turns, statuses }
}

const clients = 20
const entries = 40
/** Each piece of an answer has 64 KiB, which are four requests of this size. */
const payload = JSON.stringify({ ...validBody, name: 'x'.repeat(15_900) })
const pieces = entries / 4 - 1

const cases: { what: string; request: InjectOptions; status: number; turnsEach: number }[] = [
  {
    what: 'lists',
    request: { url: '/__admin/requests' },
    status: 200,
    turnsEach: pieces,
  },
  { what: 'searches', request: control('find', {}), status: 200, turnsEach: pieces },
  { what: 'counts', request: control('count', {}), status: 200, turnsEach: 1 },
  {
    what: 'waits that are met',
    request: control('wait', { count: entries }),
    status: 200,
    turnsEach: pieces,
  },
  {
    what: 'waits that are not met',
    request: control('wait', { count: entries + 1, timeoutMs: 0 }),
    status: 408,
    turnsEach: 1,
  },
  {
    what: 'requests to forget',
    request: { method: 'DELETE', url: '/__admin/requests?status=409' },
    status: 204,
    turnsEach: 1,
  },
]

for (const { what, request, status, turnsEach } of cases) {
  t.test(`attacks F3, 21: the journal is read a piece a turn, whoever asks: ${what}`, async (t) => {
    const { app, create } = sandbox(t)
    for (let count = 0; count < entries; count += 1) await create({ payload })
    const requests = Array.from({ length: clients }, () => request)
    const { turns, statuses } = await turnsUntilAnswered(app, requests)
    t.strictSame([...statuses], [status])
    t.ok(turns >= clients * turnsEach, `${turns} turns for ${clients} clients`)
  })
}

t.test('attacks 21: waits that one create meets are answered in turns of their own', async (t) => {
  const { app, create } = sandbox(t)
  for (let count = 1; count < entries; count += 1) await create({ payload })
  const waits = Array.from({ length: clients }, () => control('wait', { count: entries }))
  const { turns, statuses } = await turnsUntilAnswered(app, [...waits, createLast()])
  t.strictSame([...statuses].sort(), [200, 201])
  t.ok(turns >= clients * pieces, `${turns} turns for ${clients} waits`)

  function createLast(): InjectOptions {
    const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }
    return { method: 'POST', url: webhooksOf(entity), payload, headers }
  }
})

t.test('to forget requests forgets those that were there, and no later ones', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  await create({ payload: '{}' })
  const forget = app.inject({ method: 'DELETE', url: '/__admin/requests?status=201' })
  t.equal((await forget).statusCode, 204)
  t.match(app.control.requests.find(), [{ status: 400 }])
  t.equal(app.control.requests.count(), 1)
})

/** The message of a wait whose time is up. */
const messageOf = (app: Pick<SandboxApp, 'control'>, what: RequestWait): Promise<string> =>
  app.control.requests.wait({ ...what, timeoutMs: 0 }).then(
    () => 'it was met',
    (error: unknown) => (error as Error).message,
  )

t.test('a wait whose time is up says in its message what came instead', async (t) => {
  const { app, create } = sandbox(t)
  t.equal(
    await messageOf(app, { status: 201 }),
    '0 of 1 requests {"status":201} came within 0 ms; no others came.',
    'nothing came',
  )
  await create()
  await create({ headers: { authorization: 'none' } })
  await create({ headers: { prefer: 'code=503' } })
  await create({ payload: '{"name":1}' })
  const others = [
    `POST ${webhooksOf(entity)}: 401 (Send an access token: "Authorization: Bearer <token>")`,
    `POST ${webhooksOf(entity)}: 503 (a fault acted)`,
    `POST ${webhooksOf(entity)}: 400 (#/entity must be present; and more)`,
  ]
  const message = await messageOf(app, { status: 201, count: 2 })
  t.ok(
    message.startsWith('1 of 2 requests {"status":201} came within 0 ms; the last others were '),
    message,
  )
  for (const other of others) t.ok(message.includes(other), `${other} in ${message}`)
  await create()
  t.notMatch(await messageOf(app, { status: 201, count: 3 }), /: 201/, 'what came is no other')
  t.match(await messageOf(app, { status: 409 }), /webhook: 201\.$/, 'what succeeded has no reason')
  app.control.requests.clear()
  await create({ payload: '{"entity":1}' })
  await create({ payload: JSON.stringify({ ...validBody, enabled: 1 }) })
  t.match(await messageOf(app, { status: 201 }), /400 \(#\/enabled must be true or false\)\.$/)
})

t.test('the message of a wait is short, and has no secrets', async (t) => {
  const { app, create } = sandbox(t)
  await app.inject(`/api/a;access_token=s3cret/${'x'.repeat(5_000)}`)
  await app.inject(`/api/${'x'.repeat(5_000)}`)
  for (let count = 0; count < 20; count += 1) await create({ url: `/api/${'y'.repeat(5_000)}` })
  const message = await messageOf(app, { status: 201 })
  t.ok(message.length < 1_500, `${message.length} characters`)
  t.match(message, /y…: 404 /)
  app.control.requests.clear()
  await app.inject('/api/a;access_token=s3cret')
  t.notMatch(await messageOf(app, { status: 201 }), /s3cret/)
})

t.test('so does one of requests that are no HTTP, or had no answer', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: { connection: 'empty-response' } })
  await exchange(t, server, requestText())
  await exchange(t, server, 'nonsense\r\n\r\n')
  const message = await messageOf(server.app, { status: 201 })
  t.match(message, `POST ${webhooksOf(entity)}: no answer (a fault acted); `)
  t.match(message, '; a request that is not HTTP: 400 (')
})
