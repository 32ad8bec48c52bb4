import type { FastifyBaseLogger } from 'fastify'
import t, { type Test } from 'tap'
import { buildApp, type AppOptions, type Clock, type IdSource } from '../../src/index.ts'
import { onlyRequest, refusalOf } from '../fixtures/faults.ts'
import { recorder } from '../fixtures/recorder.ts'
import { createRequest, entity, webhookData, webhookRequest } from '../fixtures/requests.ts'
import { fastifyOf, now, problemOf, sandbox } from '../fixtures/sandbox.ts'
import { isOAuthError, tokenRequest } from '../fixtures/tokens.ts'
import { dial, exchange, listening, received, requestText } from '../fixtures/wire.ts'

const throwing = (thrown: unknown) => () => {
  throw thrown
}
/** An error that cannot be inspected. */
const unspeakable = new Proxy(new Error('x'), { get: throwing(new Error('again')) })
const right = 'it must give milliseconds since 1970-01-01T00:00:00Z, in the years 0 to 9999'

const clocks: { name: string; clock: () => unknown; says: string }[] = [
  { name: 'NaN', clock: () => NaN, says: `clock: gave NaN; ${right}` },
  { name: '1e20', clock: () => 1e20, says: `clock: gave 100000000000000000000; ${right}` },
  { name: 'a BigInt', clock: () => 5n, says: `clock: gave 5n; ${right}` },
  { name: 'a text', clock: () => now, says: `clock: gave '${now}'; ${right}` },
  { name: 'the year 10000', clock: () => Date.UTC(10_000), says: `gave 253402300800000; ${right}` },
  { name: 'a year before 0', clock: () => Date.UTC(-1), says: `clock: gave -62198755200000;` },
  { name: 'nothing', clock: () => undefined, says: `clock: gave undefined; ${right}` },
  {
    name: 'a promise that is rejected',
    clock: () => Promise.reject(new Error('x')),
    says: 'clock: gave Promise',
  },
  { name: 'an error', clock: throwing(new Error('no time')), says: 'clock: threw Error: no time' },
  { name: 'null', clock: throwing(null), says: 'clock: threw null' },
  { name: 'what throws', clock: throwing(unspeakable), says: 'clock: threw what cannot be shown' },
]

/** A sandbox with a log, and with a clock or ids of a user. */
function loggedSandbox(t: Test, { clock, ids }: { clock?: () => unknown; ids?: () => unknown }) {
  const { logger, entries } = recorder('error')
  const options: AppOptions = {
    logger,
    ...(clock && { clock: clock as Clock }),
    ...(ids && { ids: ids as IdSource }),
  }
  const reasons = () => entries().map((entry) => (entry as { err: Error }).err.message)
  return { ...sandbox(t, options), options, reasons }
}

for (const { name, clock, says } of clocks) {
  t.test(`attacks F7: a clock that gives or throws ${name}`, async (t) => {
    const { app, create, reasons } = loggedSandbox(t, { clock })
    const response = await create()
    t.equal(response.statusCode, 500)
    problemOf(t, response)
    t.equal(reasons().length, 2, 'the create, and its entry in the journal')
    for (const reason of reasons()) t.ok(reason.includes(says), reason)
    t.strictSame(app.control.webhooks.list(), [])
    t.ok(Math.abs(Date.parse(onlyRequest(app).time) - Date.now()) < 60_000, "the machine's time")
    t.match(onlyRequest(app), { status: 500 })
    t.equal(await refusalOf(app.control.requests.wait({ count: 2, timeoutMs: 1 })), 408)
    t.throws(() => app.control.clock.read(), { message: new RegExp(`^clock: (?:gave|threw) `) })
    t.equal((await app.inject('/__admin/clock')).statusCode, 500)
  })
}

t.test('attacks F7: where the clock fails, what does not need it is served', async (t) => {
  const { app } = loggedSandbox(t, { clock: () => NaN })
  t.equal((await app.inject(webhookRequest('GET', 'list'))).statusCode, 200)
  isOAuthError(t, await app.inject(tokenRequest()), { status: 500, error: 'server_error' })
  t.throws(() => app.control.clock.set({ mode: 'offset', offsetMs: 1 }), /clock: /)
  t.throws(() => app.control.clock.set({ mode: 'frozen' }), /clock: /)
  app.control.clock.set({ mode: 'frozen', instant: now })
  t.throws(() => app.control.clock.set({ mode: 'system' }), /clock: /)
  t.strictSame(app.control.clock.read(), { mode: 'frozen', instant: now, now }, 'nothing changed')
  t.equal((await app.inject(createRequest())).statusCode, 201)
  app.control.reset()
  t.strictSame(app.control.webhooks.list(), [])
  t.throws(() => app.control.clock.read(), /clock: /, 'the clock is that of the start')
})

t.test('attacks F7: an offset may not lead beyond the year 9999', (t) => {
  const { app } = sandbox(t, { clock: () => Date.UTC(9_999, 0) })
  const yearMs = 366 * 24 * 60 * 60 * 1_000
  t.throws(() => app.control.clock.set({ mode: 'offset', offsetMs: yearMs }), /clock: gave 2534/)
  t.match(app.control.clock.read(), { mode: 'system' })
  t.end()
})

t.test('attacks F7: broken requests and connection faults, while the clock fails', async (t) => {
  const server = await listening(t, { clock: () => NaN })
  t.equal((await exchange(t, server, 'NONSENSE\r\n\r\n')).status, 400)
  t.equal((await exchange(t, server, requestText('GET /api/%ff HTTP/1.1'))).status, 400)
  for (const connection of ['connection-reset', 'empty-response', 'no-response'] as const) {
    server.faults.arm({ effect: { connection } })
    const socket = await dial(t, server)
    const closed = new Promise((resolve) => socket.on('error', resolve).once('close', resolve))
    socket.resume().write(requestText())
    await server.requests.wait({ status: null })
    server.reset()
    await closed
  }
  server.faults.arm({ effect: { status: 409 } })
  t.equal((await exchange(t, server, requestText())).status, 409)
  server.faults.arm({ effect: { status: 409, body: 'boot-error' } })
  t.equal((await exchange(t, server, requestText())).status, 500, 'this one has the time in it')
})

const idSources: { name: string; ids: () => unknown; says: string }[] = [
  { name: 'a number', ids: () => 7, says: 'ids: gave 7; it must give a UUID, such as ' },
  { name: 'no UUID', ids: () => 'id-1', says: "ids: gave 'id-1'; it must give a UUID, such as " },
  { name: 'nothing', ids: () => undefined, says: 'ids: gave undefined; it must give a UUID' },
  { name: 'a promise', ids: () => Promise.resolve(entity), says: 'ids: gave Promise' },
  { name: 'an error', ids: throwing(new Error('no id')), says: 'ids: threw Error: no id' },
]

for (const { name, ids, says } of idSources) {
  t.test(`attacks F7: ids that give or throw ${name}`, async (t) => {
    const { app, create, options, reasons } = loggedSandbox(t, { ids })
    const response = await create()
    t.equal(response.statusCode, 500)
    problemOf(t, response)
    t.equal(reasons().length, 1)
    t.ok(reasons()[0]?.startsWith(says), String(reasons()[0]))
    t.strictSame(app.control.webhooks.list(), [])
    const data = { webhooks: [{ ...webhookData, id: undefined }] }
    t.throws(() => buildApp({ ...options, data: data as never }), { message: /^ids: / })
  })
}

const methods = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'child']

/** A logger whose methods all do the same. */
const loggerOf = (method: () => unknown) =>
  ({
    level: 'info',
    ...Object.fromEntries(methods.map((name) => [name, method])),
  }) as unknown as FastifyBaseLogger

const loggers: { name: string; method: () => unknown }[] = [
  { name: 'throw', method: throwing(new Error('logger')) },
  { name: 'reject', method: () => Promise.reject(new Error('logger')) },
  { name: 'give nothing', method: () => undefined },
]

for (const { name, method } of loggers) {
  t.test(`attacks F7: a logger whose methods ${name} hurts nobody`, async (t) => {
    const ids = throwing(new Error('no id'))
    const server = await listening(t, { logger: Object.freeze(loggerOf(method)), ids })
    t.equal((await exchange(t, server, requestText())).status, 500)
    t.equal((await exchange(t, server, 'NONSENSE\r\n\r\n')).status, 400)
    t.equal((await exchange(t, server, requestText('GET /api/%ff HTTP/1.1'))).status, 400)
    server.faults.arm({ effect: { connection: 'empty-response' } })
    const socket = await dial(t, server)
    socket.write(requestText())
    t.equal(await received(socket), '')
    t.equal(server.requests.count(), 4)
    t.ok(fastifyOf(server.app).log.child({}), 'a child of it is a logger too')
  })
}
