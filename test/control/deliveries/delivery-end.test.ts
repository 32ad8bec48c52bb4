import t from 'tap'
import type { Delivery } from '../../../src/index.ts'
import { deliverySandbox, recordingReceiver } from '../../fixtures/deliveries.ts'
import { entity, otherEntity } from '../../fixtures/requests.ts'
import { rawReceiver } from '../../fixtures/receiver.ts'

const other = { identifier: otherEntity, name: 'Other' }

/** A receiver that hangs; tells how many of its connections are open. */
async function hanging(t: Parameters<typeof rawReceiver>[0]) {
  const seen = { open: 0, most: 0 }
  const url = await rawReceiver(t, (socket) => {
    seen.open += 1
    seen.most = Math.max(seen.most, seen.open)
    socket.on('close', () => (seen.open -= 1))
    socket.resume()
  })
  return { url, seen }
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise(setImmediate)
}

t.test('a reset cancels what is pending, and forgets the deliveries', async (t) => {
  const { url, seen } = await hanging(t)
  const { app, webhook, trigger, delivered } = deliverySandbox(t, { deliverTo: url })
  const { control } = app
  await webhook()
  await webhook({ entity: other })
  await trigger()
  await trigger({ managingEntityIdentifier: otherEntity })
  await until(() => seen.open === 2)
  control.reset({ only: ['faults', 'requests', 'webhooks'] })
  t.equal(control.deliveries.list().length, 2, 'a part that is left out stays')
  const response = await app.inject({
    method: 'POST',
    url: `/__admin/reset?only=deliveries&managingEntityIdentifier=${entity}`,
  })
  t.equal(response.statusCode, 204)
  t.match(control.deliveries.list(), [{ managingEntityIdentifier: otherEntity, state: 'pending' }])
  await until(() => seen.open === 1)
  control.reset()
  t.strictSame(control.deliveries.list(), [])
  await until(() => seen.open === 0)
  await webhook()
  const again = delivered()
  await until(() => seen.open === 1)
  control.reset({ only: ['deliveries'] })
  t.match((await again).deliveries, [
    {
      state: 'cancelled',
      detail: 'The sandbox was reset.',
      attempts: [{ error: 'it was cancelled' }],
    },
  ])
})

t.test('the pause before an attempt ends with a reset', async (t) => {
  const { url } = await recordingReceiver(t, () => 500)
  const { app, webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const waiting = delivered({ retryDelaysMs: [600_000], copies: 2 })
  await until(() => app.control.deliveries.list()[0]?.attempts.length === 1)
  app.control.reset()
  t.match((await waiting).deliveries, [
    { state: 'cancelled', attempts: [{ status: 500 }] },
    { state: 'cancelled', attempts: { length: 0 } },
  ])
})

t.test('the end of the sandbox cancels what is pending; nothing is sent any more', async (t) => {
  const { url, seen } = await hanging(t)
  const { app, webhook, trigger } = deliverySandbox(t, { deliverTo: url })
  const { control } = app
  await webhook()
  await trigger({ copies: 2 })
  await until(() => seen.open === 1)
  await app.close()
  const cancelled = { state: 'cancelled', detail: 'The sandbox was closed.' }
  t.match(control.deliveries.list(), [cancelled, cancelled])
  await until(() => seen.open === 0)
  const event = { type: 'x', managingEntityIdentifier: entity }
  await t.rejects(control.events.trigger(event), {
    name: 'ApiError',
    problem: 'service-unavailable',
  })
  const [{ id }] = control.deliveries.list() as [Delivery]
  await t.rejects(control.deliveries.redeliver(id), {
    name: 'ApiError',
    problem: 'service-unavailable',
  })
})

t.test('100 deliveries are under way at a time, and others wait for their turn', async (t) => {
  const { url, seen } = await hanging(t)
  const { app, webhook, trigger } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  for (let count = 0; count < 120; count += 1) await trigger({ type: `n${count}` })
  await until(() => seen.open === 100)
  t.equal(app.control.deliveries.list({ state: 'pending' }).length, 120)
  app.control.deliveries.clear({ type: 'n0' })
  app.control.deliveries.clear({ type: 'n119' })
  await until(() => app.control.deliveries.list().length === 118 && seen.open === 100)
  t.equal(seen.most, 100)
  app.control.reset()
  await until(() => seen.open === 0)
})

t.test('10,000 deliveries are kept: the oldest that has ended goes first', async (t) => {
  const { url, seen } = await hanging(t)
  const { app, webhook, trigger } = deliverySandbox(t)
  const { deliveries, events } = app.control
  await webhook()
  await trigger({ type: 'stays', deliverTo: url })
  await until(() => seen.open === 1)
  const skipped = { managingEntityIdentifier: entity, copies: 10 }
  for (let count = 0; count < 1_000; count += 1) {
    await events.trigger({ ...skipped, type: `n${count}` })
  }
  t.equal(deliveries.list().length, 10_000)
  t.equal(deliveries.list({ type: 'n0' }).length, 9, 'the oldest one is gone')
  t.match(deliveries.list({ type: 'stays' }), [{ state: 'pending' }])
})

t.test('no more deliveries are taken than can be kept beside those that are pending', async (t) => {
  const { url } = await hanging(t)
  const { app, webhook, trigger } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const object = 'x'.repeat(700_000)
  let refused = await trigger({ object })
  for (let sent = 1; refused.statusCode === 202; sent += 1) {
    t.ok(sent < 30)
    refused = await trigger({ object })
  }
  const { length } = app.control.deliveries.list()
  t.equal(refused.statusCode, 409)
  t.match(refused.json(), {
    detail: /There is no room for 1 more: 1\d deliveries of the managing entity are pending/,
  })
  t.ok(length > 9)
  t.equal((await trigger({ copies: 10, type: 'small' })).statusCode, 202)
  t.equal((await trigger({ copies: 10, object })).statusCode, 409)
  t.equal(app.control.deliveries.list().length, length + 10, 'a refused event sends nothing')
  app.control.reset({ only: ['deliveries'] })
  t.equal((await trigger({ object })).statusCode, 202)
})

t.test('the memory of deliveries is limited: the oldest go out', async (t) => {
  const { app, webhook, delivered } = deliverySandbox(t)
  await webhook()
  const object = 'x'.repeat(900_000)
  for (let count = 0; count < 25; count += 1) await delivered({ object, type: `n${count}` })
  const kept = app.control.deliveries.list()
  t.ok(kept.length < 20, String(kept.length))
  t.equal(kept.at(-1)?.type, 'n24')
  await delivered({ raw: 'x'.repeat(1_000_000), type: 'last' })
  t.equal(app.control.deliveries.list().at(-1)?.type, 'last')
})

t.test('a delivery is sent again until it has had 100 attempts', async (t) => {
  const { url } = await recordingReceiver(t)
  const { app, webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  const { deliveries } = app.control
  await webhook()
  const [{ id }] = (await delivered()).deliveries as [Delivery]
  for (let count = 1; count < 98; count += 1) {
    await deliveries.redeliver(id, { waitMs: 60_000 })
  }
  await t.rejects(deliveries.redeliver(id), {
    name: 'ApiError',
    problem: 'conflict',
    message: /has had 98 attempts/,
  })
})
