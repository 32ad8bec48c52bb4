import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { entity, otherEntity, webhooksOf } from '../../fixtures/requests.ts'
import { fastifyOf, problemOf, sandbox } from '../../fixtures/sandbox.ts'
import { dial, exchange, listening, requestText } from '../../fixtures/wire.ts'

const idHeader = 'x-wink-mock-request-id'
/** Waits over HTTP. */
const wait = (app: FastifyInstance, what: object) =>
  app.inject({ method: 'POST', url: '/__admin/requests/wait', payload: what })

t.test('a wait is met by what is there already, whatever its time', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  await create()
  for (let round = 0; round < 20; round += 1) {
    const response = await wait(app, { count: 2, timeoutMs: 0 })
    t.equal(response.statusCode, 200)
    t.same(response.json(), { requests: app.control.requests.find() })
  }
  t.equal((await app.control.requests.wait()).length, 2, 'by default one of them, in time')
})

t.test('a wait that is met is met, though its time runs out in the same turn', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  const met = app.control.requests.wait({ timeoutMs: 0 })
  const until = performance.now() + 20
  while (performance.now() < until); // The timer is due before anything else can run.
  t.equal((await met).length, 1)
})

t.test('a wait is met as soon as there are enough', async (t) => {
  const { app, create } = sandbox(t)
  const filter = { managingEntityIdentifier: entity, status: 201 }
  const overHttp = wait(app, { ...filter, count: 2, timeoutMs: 60_000 })
  const inLibrary = app.control.requests.wait({ ...filter, count: 2, timeoutMs: 60_000 })
  const other = app.control.requests.wait({ status: 401, timeoutMs: 60_000 })
  await create()
  await create({ payload: '{}' })
  await create({ url: webhooksOf(otherEntity) })
  await create()
  const wanted = app.control.requests.find(filter)
  t.equal(wanted.length, 2)
  t.same(await inLibrary, wanted)
  t.same((await overHttp).json(), { requests: wanted })
  await create({ headers: { authorization: 'none' } })
  t.match(await other, [{ status: 401 }])
})

t.test('a wait whose time is up says what was seen instead: 408', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  await create({ url: webhooksOf(otherEntity) })
  await create({ payload: '{' })
  const response = await wait(app, {
    managingEntityIdentifier: entity,
    status: 400,
    count: 2,
    timeoutMs: 0,
  })
  t.equal(response.statusCode, 408)
  const { detail, properties } = problemOf(t, response)
  t.match(detail, '1 of 2 requests')
  t.match(properties, { count: 1, requests: [{ status: 201 }, { status: 400 }] })
  await t.rejects(app.control.requests.wait({ status: 409, timeoutMs: 0 }), {
    name: 'ApiError',
    problem: 'request-timeout',
    properties: { count: 0, requests: [{}, {}, {}] },
  })
})

t.test('a wait whose time is up shows the last ten', async (t) => {
  const { app, create } = sandbox(t)
  for (let count = 0; count < 12; count += 1) await create()
  const last = app.control.requests.find().slice(-10)
  await t.rejects(app.control.requests.wait({ count: 13, timeoutMs: 1 }), {
    name: 'ApiError',
    properties: { count: 12, requests: last },
  })
  t.equal(last.length, 10)
})

t.test('a wait counts on when the journal has dropped what it counted', async (t) => {
  const { app, create } = sandbox(t, { maxJournalEntries: 2 })
  const since = String((await create()).headers[idHeader])
  const met = app.control.requests.wait({ since, count: 5, timeoutMs: 60_000 })
  const ids: string[] = []
  for (let count = 0; count < 5; count += 1) ids.push(String((await create()).headers[idHeader]))
  t.same(
    (await met).map(({ id }) => id),
    ids.slice(-2),
    'what the journal still holds, though the request that it began with is gone',
  )
})

t.test('an answer is on its way before the wait for it is met', async (t) => {
  const server = await listening(t)
  const met = server.requests.wait()
  const answered = exchange(t, server, requestText())
  const [request] = await met
  const head = (await answered).head
  t.match(head, request?.id)
})

t.test('what to wait for is checked, and pointers say where', async (t) => {
  const { app } = sandbox(t)
  const cases = [
    { what: { count: 0 }, pointer: '#/count', detail: /at least 1/ },
    { what: { count: 1.5 }, pointer: '#/count', detail: /whole number/ },
    { what: { count: 1_000_001 }, pointer: '#/count', detail: /at most 1000000/ },
    { what: { timeoutMs: -1 }, pointer: '#/timeoutMs', detail: /at least 0/ },
    { what: { timeoutMs: 600_001 }, pointer: '#/timeoutMs', detail: /at most 600000/ },
    { what: { forever: true }, pointer: '#/forever', detail: /no such member/ },
  ]
  for (const { what, pointer, detail } of cases) {
    const response = await wait(app, what)
    t.equal(response.statusCode, 400)
    t.match(problemOf(t, response).properties?.errors, [{ pointer, detail }])
    await t.rejects(app.control.requests.wait(what), { name: 'ApiError', problem: 'bad-request' })
  }
})

t.test('waits end when the sandbox closes: 503', async (t) => {
  const server = await listening(t)
  const url = `${server.url}/__admin/requests/wait`
  const asked = once(fastifyOf(server.app).server, 'request')
  const overHttp = fetch(url, { method: 'POST' })
  const inLibrary = t.rejects(server.requests.wait(), {
    name: 'ApiError',
    problem: 'service-unavailable',
  })
  await asked
  await server.close()
  t.equal((await overHttp).status, 503)
  await inLibrary
  await t.rejects(
    server.requests.wait(),
    { name: 'ApiError', problem: 'service-unavailable' },
    'later ones too',
  )
})

t.test('at most 1,000 wait at a time; one that is given up makes room', async (t) => {
  const { app } = sandbox(t)
  const gone = new AbortController()
  const waits = Array.from({ length: 1_000 }, (_, index) =>
    app.control.requests.wait({}, index === 0 ? gone.signal : undefined),
  )
  const ends = Promise.allSettled(waits)
  const response = await wait(app, {})
  t.equal(response.statusCode, 409)
  t.match(problemOf(t, response).detail, /1000 waits/)
  gone.abort()
  await t.rejects(Promise.all(waits.slice(0, 1)), { name: 'AbortError' })
  const room = app.control.requests.wait()
  await app.inject('/api')
  t.equal((await room).length, 1)
  t.equal((await ends).filter(({ status }) => status === 'fulfilled').length, 999)
})

t.test('a wait that was given up before it began ends at once', async (t) => {
  const { app } = sandbox(t)
  const met = app.control.requests.wait({ timeoutMs: 600_000 }, AbortSignal.abort())
  await t.rejects(met, { name: 'AbortError' })
})

t.test('a wait whose client is gone makes room', async (t) => {
  const server = await listening(t)
  const socket = await dial(t, server)
  const asked = once(fastifyOf(server.app).server, 'request')
  const text = requestText(
    'POST /__admin/requests/wait HTTP/1.1',
    { host: 'localhost' },
    '{"timeoutMs":600000}',
  )
  socket.write(text)
  const [request] = (await asked) as [{ socket: NodeJS.EventEmitter }]
  await fetch(`${server.url}/__admin/health`) // By then it waits.
  const others = Promise.allSettled(
    Array.from({ length: 999 }, () => server.requests.wait({ timeoutMs: 600_000 })),
  )
  await t.rejects(server.requests.wait({ timeoutMs: 0 }), { name: 'ApiError', problem: 'conflict' })
  const gone = new Promise((resolve) => request.socket.once('close', resolve))
  socket.destroy()
  await gone
  const timedOut = { name: 'ApiError', problem: 'request-timeout' }
  await t.rejects(server.requests.wait({ timeoutMs: 0 }), timedOut)
  await server.close()
  t.equal((await others).filter(({ status }) => status === 'rejected').length, 999)
})
