import { deepEqual, equal } from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { buildReceiver } from './receiver.js'
import { receiverHost, start } from './sandbox.js'

const booking = { bookingCode: 'WINK-1', guest: 'Ada Lovelace' }
const event = { type: 'booking.create', object: booking, waitMs: 15_000 }
const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, 32').toString('base64')}`

let sandbox, stop

before(async () => ({ sandbox, stop } = await start()))
after(() => stop?.())

/**
 * A receiver, and a tenant of the sandbox that delivers to it and has a webhook.
 *
 * @param secret - of the receiver
 * @param webhook - members of the webhook
 * @param answer - a hook of Fastify that may answer in place of the receiver
 * @returns the tenant, the bookings of the receiver, and its requests as they came
 */
async function setUp(t, { secret, webhook, answer } = {}) {
  const receiver = buildReceiver({ secret })
  const requests = []
  receiver.addHook('preParsing', async ({ headers }, reply, payload) => {
    const body = Buffer.concat(await payload.toArray())
    requests.push({ id: headers['x-wink-mock-delivery-id'], body: body.toString() })
    return Readable.from([body])
  })
  if (answer) receiver.addHook('preHandler', answer)
  await receiver.listen({ host: receiverHost.listen, port: 0 })
  t.after(() => receiver.close())
  const { port } = receiver.server.address()
  const tenant = await sandbox.tenant({ deliverTo: `http://${receiverHost.name}:${port}` })
  await subscribe(tenant, webhook)
  return { tenant, bookings: receiver.bookings, requests }
}

/** Registers the webhook at Wink, as the integration does. The URL stays https: only the test knows the receiver's port. */
async function subscribe({ baseUrl, token, entity }, members) {
  const response = await fetch(`${baseUrl}/api/managing-entity/${entity.identifier}/webhook`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Bookings',
      entity,
      enabled: true,
      eventUrl: 'https://api.example.com/webhooks/wink',
      eventList: ['booking.create'],
      ...members,
    }),
  })
  equal(response.status, 201)
}

const kindsOf = ({ verdict }) => verdict.map(({ kind }) => kind)
const statusesOf = ({ attempts }) => attempts.map(({ status }) => status)

// Each test has its own tenant and receiver, so they run at the same time.
describe('a receiver of events', { concurrency: true }, () => {
  test('a booking is delivered and stored', async (t) => {
    const { tenant, bookings } = await setUp(t)
    const { deliveries } = await tenant.events.trigger(event)
    deepEqual(
      deliveries.map(({ state }) => state),
      ['delivered'],
    )
    deepEqual(kindsOf(deliveries[0]), ['answered-200'])
    deepEqual([...bookings.values()], [booking])
  })

  test('an event that the webhook does not subscribe to is not sent', async (t) => {
    const { tenant, requests } = await setUp(t, { webhook: { eventList: ['booking.cancel'] } })
    const { deliveries } = await tenant.events.trigger(event)
    deepEqual(
      deliveries.map(({ state, reason }) => [state, reason]),
      [['skipped', 'not-subscribed']],
    )
    deepEqual(requests, [])
  })

  test('a disabled webhook gets nothing', async (t) => {
    const { tenant, requests } = await setUp(t, { webhook: { enabled: false } })
    const { deliveries } = await tenant.events.trigger(event)
    deepEqual(
      deliveries.map(({ state, reason }) => [state, reason]),
      [['skipped', 'disabled']],
    )
    deepEqual(requests, [])
  })

  test('after two 503s the event comes again, with the same id and bytes', async (t) => {
    let failures = 2
    const { tenant, bookings, requests } = await setUp(t, {
      answer: async (request, reply) => {
        if (failures === 0) return
        failures -= 1
        return reply.code(503).send()
      },
    })
    const { deliveries } = await tenant.events.trigger({ ...event, retryDelaysMs: [10, 10] })
    deepEqual(statusesOf(deliveries[0]), [503, 503, 200])
    equal(requests.length, 3)
    deepEqual(new Set(requests.map(({ id }) => id)), new Set([deliveries[0].id]))
    equal(new Set(requests.map(({ body }) => body)).size, 1)
    deepEqual([...bookings.values()], [booking])
  })

  test('two copies of an event are one booking', async (t) => {
    const { tenant, bookings, requests } = await setUp(t)
    const { deliveries } = await tenant.events.trigger({ ...event, copies: 2 })
    deepEqual(deliveries.map(kindsOf), [['answered-200'], ['answered-200']])
    equal(requests.length, 2)
    equal(bookings.size, 1)
  })

  test('a signed event is taken, an unsigned one and one of another secret are refused', async (t) => {
    const { tenant, bookings } = await setUp(t, { secret })
    const send = async (members) => {
      const { deliveries } = await tenant.events.trigger({
        ...event,
        retryDelaysMs: [],
        ...members,
      })
      return statusesOf(deliveries[0])
    }
    const otherSecret = `whsec_${Buffer.alloc(24).toString('base64')}`
    deepEqual(await send({}), [401])
    deepEqual(await send({ sign: { secret: otherSecret } }), [401])
    equal(bookings.size, 0)
    deepEqual(await send({ sign: { secret } }), [200])
    equal(bookings.size, 1)
  })

  test('a slow receiver is named in the verdict', async (t) => {
    const { tenant } = await setUp(t, { answer: () => setTimeout(1_100) })
    const { deliveries } = await tenant.events.trigger(event)
    deepEqual(kindsOf(deliveries[0]), ['answered-200', 'answered-slowly'])
  })

  test('the test waits for a delivery that something else triggers', async (t) => {
    const { tenant, bookings } = await setUp(t)
    const waiting = tenant.deliveries.wait({ type: 'booking.create', state: 'delivered' })
    await tenant.events.trigger({ type: 'booking.create', object: booking })
    await waiting
    equal(bookings.size, 1)
  })
})
