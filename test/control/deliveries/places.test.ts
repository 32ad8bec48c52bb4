import type { ServerResponse } from 'node:http'
import t, { type Test } from 'tap'
import type { WebhookData } from '../../../src/index.ts'
import { deliverySandbox, recordingReceiver } from '../../fixtures/deliveries.ts'
import { receiver } from '../../fixtures/receiver.ts'
import { entity, otherEntity, validBody } from '../../fixtures/requests.ts'

const other = { managingEntityIdentifier: otherEntity }

/** Webhooks of a managing entity. */
const webhooksOf = (ownerIdentifier: string, number: number, members = {}): WebhookData[] =>
  Array.from({ length: number }, () => ({
    userIdentifier: otherEntity,
    ownerIdentifier,
    ownerName: 'Owner',
    name: validBody.name,
    enabled: true,
    eventUrl: `https://a.example/${ownerIdentifier}`,
    eventList: [],
    ...members,
  }))

/** A receiver that answers on demand; gives the answers that are due, with the paths. */
async function patient(t: Test) {
  const due: { path: string; response: ServerResponse }[] = []
  const url = await receiver(t, (request, response) => {
    due.push({ path: String(request.url), response })
  })
  return { url, due }
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise(setImmediate)
}

t.test('a pause before an attempt holds no place', async (t) => {
  const { url, received } = await recordingReceiver(t, () => 503)
  const { trigger, delivered } = deliverySandbox(t, {
    deliverTo: url,
    data: { webhooks: [...webhooksOf(entity, 101), ...webhooksOf(otherEntity, 1)] },
  })
  await trigger({ retryDelaysMs: [600_000] })
  await until(() => received.length === 101)
  const { deliveries } = await delivered({ ...other, retryDelaysMs: [] })
  t.match(deliveries, [{ state: 'failed', attempts: [{ status: 503 }] }])
})

t.test('managing entities take turns at the places', async (t) => {
  const { url, due } = await patient(t)
  const { trigger } = deliverySandbox(t, {
    deliverTo: url,
    retryDelaysMs: [],
    data: { webhooks: [...webhooksOf(entity, 110), ...webhooksOf(otherEntity, 2)] },
  })
  await trigger()
  await trigger(other)
  await until(() => due.length === 100)
  for (let answered = 0; answered < 4; answered += 1) {
    due[answered]?.response.end()
    await until(() => due.length === 101 + answered)
  }
  t.strictSame(
    due.slice(100).map(({ path }) => path),
    [entity, otherEntity, entity, otherEntity].map((owner) => `/${owner}`),
  )
})

t.test('copies follow one another also beside a pause, a removal and other copies', async (t) => {
  const { url, received } = await recordingReceiver(t, (number) => (number === 1 ? 503 : 200))
  const { app, trigger } = deliverySandbox(t, {
    deliverTo: url,
    data: { webhooks: webhooksOf(entity, 1) },
  })
  const { deliveries } = app.control
  const response = await trigger({ copies: 3, retryDelaysMs: [600_000] })
  const [first, second, third] = response.json<{ deliveries: { id: string }[] }>().deliveries
  await until(() => deliveries.list({ id: String(first?.id) })[0]?.attempts.length === 1)
  deliveries.clear({ id: String(second?.id) })
  deliveries.clear({ id: String(first?.id) })
  t.match(await deliveries.wait({ id: String(third?.id) }), [{ copy: 3, state: 'delivered' }])
  t.equal(received.length, 2)
})

t.test('an event that is refused sends nothing', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { app, trigger } = deliverySandbox(t, {
    deliverTo: url,
    data: { webhooks: webhooksOf(entity, 1) },
  })
  const { deliveries, events } = app.control
  const event = { type: 'x', managingEntityIdentifier: entity }
  const reason = new Error('not now')
  for (const waitMs of [0, undefined]) {
    const given = { ...event, ...(waitMs !== undefined && { waitMs }) }
    await t.rejects(events.trigger(given, AbortSignal.abort(reason)), reason)
    for (const signal of [5, {}, 'x', { aborted: false }]) {
      await t.rejects(events.trigger(given, signal as unknown as AbortSignal), {
        problem: 'bad-request',
        message: /# must be an AbortSignal/,
      })
    }
  }
  const ending = new AbortController()
  const waits = Array.from({ length: 1_000 }, () =>
    deliveries.wait({ timeoutMs: 60_000 }, ending.signal).catch(() => undefined),
  )
  t.match((await trigger({ waitMs: 1 })).json(), { status: 409, detail: /^1000 waits are/ })
  t.strictSame(deliveries.list(), [])
  t.equal((await trigger()).statusCode, 202, 'without a wait there is room')
  await deliveries.wait({ timeoutMs: 60_000 }).catch(() => undefined)
  ending.abort()
  await Promise.all(waits)
  await until(() => received.length === 1)
  const [delivery] = await deliveries.wait()
  const again = app.control.deliveries.redeliver(
    String(delivery?.id),
    {},
    AbortSignal.abort(reason),
  )
  await t.rejects(again, reason)
  t.match(deliveries.list(), [{ state: 'delivered', attempts: { length: 1 } }])
})

t.test('an event for more webhooks than can be pending says to name one', async (t) => {
  const { app, trigger } = deliverySandbox(t, {
    deliverTo: 'http://127.0.0.1:9',
    data: {
      webhooks: [...webhooksOf(entity, 501), ...webhooksOf(otherEntity, 1_001, { enabled: false })],
    },
  })
  t.match((await trigger({ copies: 10 })).json(), {
    status: 409,
    detail: /^These are 5010 deliveries .*: name a webhookId, or send fewer copies\.$/,
  })
  t.strictSame(app.control.deliveries.list(), [])
  const skipped = await trigger({ ...other, copies: 10, waitMs: 0 })
  t.equal(skipped.statusCode, 200, 'what is skipped needs no room')
  t.equal(app.control.deliveries.list().length, 10_000)
})

t.test('of more than 100 deliveries the others are ids and states', async (t) => {
  const { app, trigger, delivered } = deliverySandbox(t, {
    data: { webhooks: webhooksOf(entity, 101) },
  })
  t.match((await delivered()).others, [{ state: 'skipped' }])
  const { event, deliveries, others, hints } = await delivered({ copies: 2 })
  t.equal(deliveries.length, 100)
  const kept = app.control.deliveries.list({ eventId: event.id })
  t.strictSame(
    others,
    kept.slice(100).map(({ id, state }) => ({ id, state })),
  )
  t.match(hints, [
    new RegExp(`^Of 202 deliveries the first 100 .*GET /__admin/deliveries\\?eventId=${event.id} `),
  ])
  const [last] = others.slice(-1)
  app.control.deliveries.clear({ id: String(last?.id) })
  t.equal(
    (await trigger({ webhookId: deliveries[0]?.webhookId })).json<{ others: [] }>().others.length,
    0,
  )
})
