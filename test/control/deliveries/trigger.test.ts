import t from 'tap'
import type { TriggeredEvent } from '../../../src/index.ts'
import { deliverySandbox, recordingReceiver } from '../../fixtures/deliveries.ts'
import { projectText } from '../../fixtures/project.ts'
import { entity, otherEntity } from '../../fixtures/requests.ts'
import { now, problemOf } from '../../fixtures/sandbox.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const { version } = JSON.parse(projectText('package.json')) as { version: string }

t.test('an event is one POST with the envelope, its members in order (CONTRACT §7)', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  const { id: webhookId, eventUrl } = await webhook({
    eventUrl: 'https://a.example/hook?a=1&b=%20',
  })
  const { event, deliveries, hints } = await delivered({ object: { code: 'A1' } })
  t.match(event, { id: uuid, type: 'booking.create' })
  t.strictSame(hints, [])
  const [delivery, ...others] = deliveries
  t.strictSame(others, [])
  const [request, ...repeated] = received
  t.strictSame(repeated, [])
  t.equal(request?.method, 'POST')
  t.equal(request?.url, '/hook?a=1&b=%20', 'path and query stay')
  t.equal(
    request?.body,
    `{"id":"${event.id}","createdDate":"${now}","lastUpdate":"${now}","type":"booking.create","object":{"code":"A1"}}`,
  )
  t.match(request?.headers, {
    'content-type': 'application/json',
    'content-length': String(request?.body.length),
    'user-agent': `wink-webhook-mock/${version}`,
    'x-wink-mock-delivery-id': delivery?.id,
    'x-wink-mock-delivery-attempt': '1',
  })
  t.notOk(
    Object.keys({ ...request?.headers }).some((name) => name.startsWith('webhook-')),
    'no signature, as Wink publishes none',
  )
  t.match(delivery, {
    id: uuid,
    eventId: event.id,
    type: 'booking.create',
    managingEntityIdentifier: entity,
    webhookId,
    copy: 1,
    url: `${url}/hook?a=1&b=%20`,
    registeredUrl: eventUrl,
    state: 'delivered',
    reason: null,
    detail: null,
    headers: { 'content-type': 'application/json', 'user-agent': `wink-webhook-mock/${version}` },
    body: request?.body,
    bodyBytes: request?.body.length,
    attempts: [{ number: 1, time: now, status: 200, body: '', bodyTruncated: false, error: null }],
    verdict: [{ kind: 'answered-200', level: 'success', attempts: [1] }],
  })
})

t.test('what an event is about is any JSON, and {} where it is left out', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  await delivered()
  for (const object of [null, 1, 'x', [], { a: [{ b: null }] }]) await delivered({ object })
  t.strictSame(
    received.map(({ body }) => JSON.stringify((JSON.parse(body) as { object: unknown }).object)),
    ['{}', 'null', '1', '"x"', '[]', '{"a":[{"b":null}]}'],
  )
})

t.test('an event has the id that the test gives, and times by the switch timestamps', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { webhook, delivered } = deliverySandbox(t, {
    deliverTo: url,
    switches: { timestamps: 'local' },
  })
  await webhook()
  const id = 'b1a2c3d4-0000-1000-8000-00000000000A'
  const { event, deliveries } = await delivered({ id })
  t.equal(event.id, id)
  t.equal(deliveries[0]?.eventId, id)
  const local = '2026-01-14T09:30:00'
  t.strictSame(JSON.parse(String(received[0]?.body)), {
    id,
    createdDate: local,
    lastUpdate: local,
    type: 'booking.create',
    object: {},
  })
})

t.test('a body of the test’s own goes out as it is given (CONTRACT §7)', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const raw = '{"broken":"é'
  const { deliveries } = await delivered({ raw })
  await delivered({ raw, contentType: 'text/plain; charset=utf-8' })
  await delivered({ raw: '' })
  t.strictSame(
    received.map(({ body, headers }) => [body, headers['content-type'], headers['content-length']]),
    [
      [raw, 'application/json', '13'],
      [raw, 'text/plain; charset=utf-8', '13'],
      ['', 'application/json', '0'],
    ],
  )
  t.match(deliveries, [{ body: raw, bodyBytes: 13 }])
})

t.test(
  'an event goes to each webhook that is enabled and subscribes to it (CONTRACT §7)',
  async (t) => {
    const { url, received } = await recordingReceiver(t)
    const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
    await webhook({ eventUrl: 'https://a.example/all', eventList: [] })
    await webhook({ eventUrl: 'https://a.example/this', eventList: ['x', 'booking.create'] })
    await webhook({ eventUrl: 'https://a.example/other', eventList: ['booking.cancelled'] })
    await webhook({ eventUrl: 'https://a.example/off', enabled: false })
    await webhook({
      eventUrl: 'https://a.example/stranger',
      entity: { identifier: otherEntity, name: 'Other' },
    })
    const { deliveries } = await delivered()
    t.strictSame(
      deliveries.map(({ registeredUrl, state, reason }) => [registeredUrl, state, reason]),
      [
        ['https://a.example/all', 'delivered', null],
        ['https://a.example/this', 'delivered', null],
        ['https://a.example/other', 'skipped', 'not-subscribed'],
        ['https://a.example/off', 'skipped', 'disabled'],
      ],
    )
    t.match(deliveries[2], { url: null, detail: /eventList/, attempts: [], verdict: [] })
    t.match(deliveries[3], { url: null, detail: /enabled true/ })
    t.strictSame(received.map((one) => one.url).sort(), ['/all', '/this'])
  },
)

t.test('an event goes to one webhook, of whichever managing entity owns it', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { webhook, delivered, trigger } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const other = { identifier: otherEntity, name: 'Other' }
  const { id } = await webhook({ entity: other, eventUrl: 'https://a.example/one' })
  const one = { managingEntityIdentifier: undefined, webhookId: id.toUpperCase() }
  t.match((await delivered(one)).deliveries, [{ webhookId: id }])
  await delivered({ webhookId: id, managingEntityIdentifier: otherEntity.toUpperCase() })
  t.strictSame(
    received.map((request) => request.url),
    ['/one', '/one'],
  )
  for (const [event, detail] of [
    [{ webhookId: id }, 'The managing entity has no webhook'],
    [{ ...one, webhookId: otherEntity }, 'There is no webhook'],
  ] as const) {
    t.match(problemOf(t, await trigger(event)), { status: 404, detail: new RegExp(`^${detail}`) })
  }
})

t.test('without webhooks the list is empty, and a hint says what to do', async (t) => {
  const { trigger, webhook } = deliverySandbox(t, {
    data: { managingEntities: [{ identifier: entity, name: 'Siam' }] },
  })
  const none = await trigger()
  t.equal(none.statusCode, 202)
  t.match(none.json(), { event: { id: uuid }, deliveries: [], hints: [/has no webhook: create/] })
  t.match((await trigger({ managingEntityIdentifier: otherEntity })).json(), {
    deliveries: [],
    hints: [/no such managing entity/],
  })
  t.equal((await trigger({ waitMs: 0 })).statusCode, 200, 'there is nothing to wait for')
  await webhook()
  t.strictSame((await trigger()).json<TriggeredEvent>().hints, [])
})

t.test('header fields of the test’s own go to the receiver', async (t) => {
  const { url, received } = await recordingReceiver(t)
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const headers = { Authorization: 'Basic abc', 'X-Tenant': 'é 1', 'webhook-id': '7' }
  const { deliveries } = await delivered({ headers })
  t.match(received[0]?.headers, {
    authorization: 'Basic abc',
    'x-tenant': 'é 1',
    'webhook-id': '7',
  })
  t.match(deliveries[0]?.headers, { authorization: 'Basic [masked]', 'x-tenant': 'é 1' })
})

t.test(
  'the answer comes at once, or with waitMs when all have ended or the time is up',
  async (t) => {
    const { url } = await recordingReceiver(t, () => undefined)
    const { app, webhook, trigger } = deliverySandbox(t, { deliverTo: url })
    await webhook()
    for (const event of [{}, { waitMs: 1 }, { waitMs: 0 }, { waitMs: null }]) {
      const response = await trigger(event)
      t.equal(response.statusCode, 202)
      t.match(response.json(), {
        deliveries: [{ state: 'pending', reason: null, url: `${url}/webhooks/wink/events` }],
      })
    }
    const waiting = app.control.events.trigger({
      type: 'x',
      managingEntityIdentifier: entity,
      waitMs: 60_000,
    })
    app.control.reset()
    t.match(await waiting, {
      deliveries: [{ state: 'cancelled', detail: 'The sandbox was reset.' }],
    })
  },
)

t.test('the wait of a trigger ends with its signal; the deliveries go on', async (t) => {
  const { url } = await recordingReceiver(t, () => undefined)
  const { app, webhook } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const event = { type: 'x', managingEntityIdentifier: entity, waitMs: 60_000 }
  const gone = new AbortController()
  const waiting = app.control.events.trigger(event, gone.signal)
  gone.abort()
  await t.rejects(waiting, { name: 'AbortError' })
  t.match(app.control.deliveries.list(), [{ state: 'pending' }])
})
