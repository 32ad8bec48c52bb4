import { once } from 'node:events'
import t from 'tap'
import { deliverySandbox, recordingReceiver } from '../../fixtures/deliveries.ts'
import { nobody, receiver } from '../../fixtures/receiver.ts'
import { entity, otherEntity } from '../../fixtures/requests.ts'
import { problemOf } from '../../fixtures/sandbox.ts'
import { dial, listening, requestText } from '../../fixtures/wire.ts'

t.test('a wait is met by deliveries that have ended, whatever their state', async (t) => {
  const { url } = await recordingReceiver(t)
  const { app, webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  await webhook({ enabled: false })
  await delivered()
  const all = app.control.deliveries.list()
  t.strictSame(await app.control.deliveries.wait(), all)
  t.strictSame(await app.control.deliveries.wait({ count: 2, timeoutMs: 0 }), all)
  const response = await app.inject({
    method: 'POST',
    url: '/__admin/deliveries/wait',
    payload: { state: 'delivered', managingEntityIdentifier: entity.toUpperCase() },
  })
  t.equal(response.statusCode, 200)
  t.strictSame(response.json(), { deliveries: all.slice(0, 1) })
})

t.test('a wait is met as soon as there are enough', async (t) => {
  const { url } = await recordingReceiver(t)
  const { app, webhook, trigger } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const long = { timeoutMs: 60_000 }
  const waits = [
    app.control.deliveries.wait({ ...long, count: 2 }),
    app.control.deliveries.wait({ ...long, type: 'x', state: 'delivered' }),
  ]
  const pending = app.control.deliveries.wait({ ...long, state: 'pending' })
  await trigger()
  t.match(await pending, [{ state: /pending|delivered/ }])
  await trigger({ type: 'x' })
  t.match(await waits[0], [{ type: 'booking.create' }, { type: 'x', state: 'delivered' }])
  t.match(await waits[1], [{ type: 'x', attempts: [{ status: 200 }] }])
})

t.test('a delivery that no longer matches does not count', async (t) => {
  const { url } = await recordingReceiver(t, (number) => (number === 1 ? 200 : undefined))
  const { app, webhook, trigger, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  let isMet = false
  const wait = { state: 'pending', count: 2, timeoutMs: 60_000 } as const
  const waiting = app.control.deliveries.wait(wait).finally(() => (isMet = true))
  await delivered({ type: 'first' })
  await trigger({ type: 'second' })
  await new Promise(setImmediate)
  t.notOk(isMet)
  await trigger({ type: 'third' })
  t.match(await waiting, [{ type: 'second' }, { type: 'third' }])
})

t.test('a wait whose time is up says what came instead: 408', async (t) => {
  const base = await nobody()
  const { app, webhook, delivered } = deliverySandbox(t)
  await webhook()
  await webhook({ entity: { identifier: otherEntity, name: 'Other' } })
  await delivered({ deliverTo: base, retryDelaysMs: [] })
  await delivered({ type: 'x' })
  await delivered({ managingEntityIdentifier: otherEntity })
  const response = await app.inject({
    method: 'POST',
    url: '/__admin/deliveries/wait',
    payload: { managingEntityIdentifier: entity, state: 'delivered', count: 2, timeoutMs: 0 },
  })
  t.equal(response.statusCode, 408)
  const { detail, properties } = problemOf(t, response)
  t.equal(
    detail,
    `0 of 2 deliveries {"managingEntityIdentifier":"${entity}","state":"delivered"} came within 0 ms; the last others were booking.create to ${base}/webhooks/wink/events: failed (nobody listens at ${new URL(base).host}); x to https://api.example.com/webhooks/wink/events: skipped (no-receiver).`,
  )
  t.match(properties, { count: 0, deliveries: [{ state: 'failed' }, { type: 'x' }] })
  t.equal((properties as { deliveries: unknown[] }).deliveries.length, 2)
  await t.rejects(app.control.deliveries.wait({ count: 4, timeoutMs: 0 }), {
    name: 'ApiError',
    problem: 'request-timeout',
    message: '3 of 4 deliveries came within 0 ms; there were no others.',
    properties: { count: 3, deliveries: { length: 3 } },
  })
})

t.test('a delivery that is not over names its last attempt', async (t) => {
  let answer = (): void => undefined
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve))
  const url = await receiver(t, (_, response) => {
    void mayAnswer.then(() => response.writeHead(503).end())
  })
  const { app, webhook, trigger } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  await trigger({ retryDelaysMs: [600_000] })
  await t.rejects(app.control.deliveries.wait({ state: 'failed', timeoutMs: 0 }), {
    message: /: pending\.$/,
  })
  answer()
  const { deliveries } = app.control
  while (deliveries.list()[0]?.attempts.length === 0) await new Promise(setImmediate)
  await t.rejects(deliveries.wait({ timeoutMs: 0 }), { message: /: pending \(503\)\.$/ })
})

t.test('a wait that cannot be is refused', async (t) => {
  const { app } = deliverySandbox(t)
  for (const what of [
    { count: 0 },
    { count: 10_001 },
    { timeoutMs: -1 },
    { state: 'gone' },
    { x: 1 },
  ]) {
    await t.rejects(app.control.deliveries.wait(what as never), {
      name: 'ApiError',
      problem: 'bad-request',
    })
  }
})

t.test('a wait ends with its signal, its connection and the sandbox', async (t) => {
  const sandbox = await listening(t)
  const given = new AbortController()
  const cancelled = sandbox.deliveries.wait({}, given.signal)
  given.abort()
  await t.rejects(cancelled, { name: 'AbortError' })
  const socket = await dial(t, sandbox)
  const body = JSON.stringify({ timeoutMs: 600_000 })
  const headers = { host: 'localhost', connection: 'keep-alive' }
  socket.resume()
  socket.write(requestText('POST /__admin/deliveries/wait HTTP/1.1', headers, body))
  const waiting = sandbox.deliveries.wait({ timeoutMs: 600_000 })
  const closed = once(socket, 'close')
  const ended = t.rejects(waiting, { name: 'ApiError', problem: 'service-unavailable' })
  await Promise.all([sandbox.close(), ended, closed])
  await t.rejects(sandbox.deliveries.wait(), { name: 'ApiError', problem: 'service-unavailable' })
})

t.test('a trigger that waits ends with the sandbox: 503', async (t) => {
  for (const retryDelaysMs of [[], [600_000]]) {
    const { url } = await recordingReceiver(t, () => (retryDelaysMs.length > 0 ? 500 : undefined))
    const { app, webhook, trigger } = deliverySandbox(t, { deliverTo: url, retryDelaysMs })
    await webhook()
    const event = { type: 'x', managingEntityIdentifier: entity, waitMs: 60_000 }
    const inLibrary = app.control.events.trigger(event)
    const overHttp = trigger({ waitMs: 60_000 })
    while (app.control.deliveries.list().length < 2) await new Promise(setImmediate)
    const rejected = t.rejects(inLibrary, { name: 'ApiError', problem: 'service-unavailable' })
    await app.close()
    await rejected
    t.equal((await overHttp).statusCode, 503)
    t.match(app.control.deliveries.list(), [{ state: 'cancelled' }, { state: 'cancelled' }])
  }
})
