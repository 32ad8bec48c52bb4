import t from 'tap'
import { Webhook as StandardWebhook } from 'standardwebhooks'
import { deliverySandbox, recordingReceiver } from '../../fixtures/deliveries.ts'
import { nobody } from '../../fixtures/receiver.ts'

t.test('failures are repeated with the same bytes and the same id (CONTRACT §7)', async (t) => {
  const { url, received } = await recordingReceiver(t, (number) => (number < 3 ? 503 : 200))
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url, retryDelaysMs: [0, 1, 0] })
  await webhook()
  const { deliveries } = await delivered()
  t.equal(received.length, 3, 'none behind the success')
  t.equal(new Set(received.map(({ body }) => body)).size, 1)
  t.strictSame(
    received.map(({ headers }) => [
      headers['x-wink-mock-delivery-id'],
      headers['x-wink-mock-delivery-attempt'],
    ]),
    ['1', '2', '3'].map((number) => [deliveries[0]?.id, number]),
  )
  t.match(deliveries, [
    {
      state: 'delivered',
      attempts: [
        { number: 1, status: 503 },
        { number: 2, status: 503 },
        { number: 3, status: 200 },
      ],
      verdict: [
        { kind: 'answered-200', attempts: [3] },
        { kind: 'answered-5xx', attempts: [1, 2] },
      ],
    },
  ])
})

t.test('behind the last attempt the delivery has failed (CONTRACT §7)', async (t) => {
  const { url, received } = await recordingReceiver(t, () => 302)
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  t.match((await delivered()).deliveries, [{ state: 'failed', verdict: [{ level: 'failure' }] }])
  t.equal(received.length, 3)
  await delivered({ retryDelaysMs: [] })
  t.equal(received.length, 4, 'a trigger has a schedule of its own: here one attempt')
})

t.test('what keeps an attempt from an answer is told in words', async (t) => {
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: await nobody() })
  await webhook()
  t.match((await delivered()).deliveries, [
    {
      state: 'failed',
      attempts: [
        { status: null, headers: null, body: null, firstByteMs: null, error: /^nobody listens at/ },
        {},
        {},
      ],
      verdict: [{ kind: 'not-reached' }],
    },
  ])
})

t.test('a receiver that is silent has the delivery timeout', async (t) => {
  const { url } = await recordingReceiver(t, () => undefined)
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url, deliveryTimeoutMs: 1 })
  await webhook()
  t.match((await delivered({ retryDelaysMs: [] })).deliveries, [
    { state: 'failed', attempts: [{ error: 'it did not answer within 1 ms' }] },
  ])
})

t.test('copies are deliveries of the same event, one after another', async (t) => {
  const { url, received } = await recordingReceiver(t, (number) => (number === 3 ? 201 : 200))
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  await webhook({ enabled: false })
  const { event, deliveries } = await delivered({ copies: 3 })
  t.strictSame(
    deliveries.map(({ copy, eventId, state }) => [copy, eventId, state]),
    [
      ...[1, 2, 3].map((copy) => [copy, event.id, 'delivered']),
      ...[1, 2, 3].map((copy) => [copy, event.id, 'skipped']),
    ],
  )
  t.equal(new Set(received.map(({ body }) => body)).size, 1, 'the same bytes')
  t.strictSame(
    received.map(({ headers }) => headers['x-wink-mock-delivery-id']),
    deliveries.slice(0, 3).map(({ id }) => id),
    'each copy has its own id',
  )
  t.equal(deliveries[1]?.verdict.length, 1)
  t.match(deliveries[2]?.verdict, [{}, { kind: 'answered-copy-differently', level: 'hint' }])
})

t.test('on request each attempt is signed by Standard Webhooks (CONTRACT §7)', async (t) => {
  const { url, received } = await recordingReceiver(t, (number) => (number === 1 ? 500 : 200))
  // The clock of the sandbox stands still; the verifier compares the time with that of the machine.
  const { webhook, delivered } = deliverySandbox(t, { deliverTo: url })
  await webhook()
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const { event, deliveries } = await delivered({ sign: { secret } })
  t.equal(received.length, 2)
  for (const { headers, body } of received) {
    const signed = headers as Record<string, string>
    t.equal(signed['webhook-id'], event.id)
    t.match(new StandardWebhook(secret).verify(body, signed), { id: event.id })
  }
  t.strictSame(
    deliveries[0]?.attempts.map(({ sent }) => sent),
    received.map(({ headers }, index) => ({
      'x-wink-mock-delivery-id': deliveries[0]?.id,
      'x-wink-mock-delivery-attempt': String(index + 1),
      'webhook-id': event.id,
      'webhook-timestamp': headers['webhook-timestamp'],
      'webhook-signature': '[masked]',
    })),
    'an attempt shows the header fields of its own',
  )
  t.notMatch(JSON.stringify(deliveries), secret)
})

t.test(
  'the receiver is that of the trigger, then of the tenant, then of the sandbox',
  async (t) => {
    const [ofSandbox, ofTenant, ofTrigger] = [
      await recordingReceiver(t),
      await recordingReceiver(t),
      await recordingReceiver(t),
    ]
    const { app, webhook, trigger, delivered } = deliverySandbox(t, {
      deliverTo: `${ofSandbox.url}/in/`,
    })
    const response = await app.inject({
      method: 'POST',
      url: '/__admin/tenants',
      payload: { deliverTo: ofTenant.url },
    })
    t.match(response.json(), { deliverTo: ofTenant.url })
    const { managingEntityIdentifier, name } = app.control.tenants.create({
      deliverTo: ofTenant.url,
    })
    const mine = { managingEntityIdentifier }
    const eventUrl = 'https://127.0.0.1:9/hook'
    await webhook({ entity: { identifier: managingEntityIdentifier, name }, eventUrl })
    await webhook()
    await delivered()
    await delivered(mine)
    await delivered({ ...mine, deliverTo: ofTrigger.url })
    await delivered({ deliverTo: ofTrigger.url })
    const counts = (): number[] =>
      [ofSandbox, ofTenant, ofTrigger].map(({ received }) => received.length)
    t.strictSame(counts(), [1, 1, 2])
    t.equal(ofSandbox.received[0]?.url, '/in/webhooks/wink/events', 'a path of it comes first')
    await trigger({ ...mine, deliverTo: 'event-url' })
    t.match(app.control.deliveries.list().at(-1), { url: eventUrl })
    app.control.reset()
    await webhook({ entity: { identifier: managingEntityIdentifier, name } })
    await delivered(mine)
    t.strictSame(counts(), [2, 1, 2], 'a whole reset forgets the tenant')
    t.notOk('deliverTo' in app.control.tenants.create())
    t.throws(() => app.control.tenants.create({ deliverTo: 'x' }), {
      name: 'ApiError',
      problem: 'bad-request',
      violations: [{ pointer: '#/deliverTo' }],
    })
  },
)
