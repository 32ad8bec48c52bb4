import t from 'tap'
import {
  createRequest,
  entity,
  otherEntity,
  validBody,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { receiver } from '../../fixtures/receiver.ts'
import { openStream, type OpenStream, type SentEvent } from '../../fixtures/stream.ts'
import { listening } from '../../fixtures/wire.ts'

/** The next event with this name; others are passed over. */
async function nextOf({ next }: OpenStream, event: string): Promise<SentEvent> {
  for (;;) {
    const sent = await next()
    if (sent.event === event) return sent
  }
}

t.test('a delivery is streamed whenever it changes', async (t) => {
  const server = await listening(t)
  const statuses = [503, 200]
  const deliverTo = await receiver(t, (_request, response) => {
    response.writeHead(Number(statuses.shift())).end()
  })
  await server.app.inject(createRequest())
  const stream = await openStream(t, server)
  const { deliveries } = await server.events.trigger({
    type: String(validBody.eventList[0]),
    managingEntityIdentifier: entity,
    deliverTo,
    retryDelaysMs: [1],
  })
  const { id } = Object(deliveries[0]) as { id: string }
  for (;;) {
    const { data } = await nextOf(stream, 'delivery')
    t.match(data, { id, type: validBody.eventList[0] })
    if ((data as { state?: string }).state === 'delivered') {
      t.strictSame(data, server.deliveries.get(id), 'as the list shows it')
      break
    }
  }
})

t.test('a reader that is behind gets each delivery once', async (t) => {
  const server = await listening(t)
  await server.app.inject(createRequest())
  const stream = await openStream(t, server)
  const event = { managingEntityIdentifier: entity, type: 'booking.failed' } as const
  // More than goes out at a time.
  const triggers = Array.from({ length: 20 }, () => server.events.trigger({ ...event, copies: 10 }))
  const deliveries = (await Promise.all(triggers)).flatMap(({ deliveries }) => deliveries)
  const ids = []
  for (const { state } of deliveries) {
    const { data } = await nextOf(stream, 'delivery')
    if (state !== 'skipped') t.fail(state)
    ids.push(data.id)
  }
  t.strictSame(
    ids,
    deliveries.map(({ id }) => id),
  )
})

t.test('a stream of one managing entity has its deliveries alone', async (t) => {
  const server = await listening(t)
  for (const identifier of [entity, otherEntity]) {
    const payload = { ...validBody, entity: { identifier, name: 'A' } }
    await server.app.inject(createRequest({ url: webhooksOf(identifier), payload }))
  }
  const stream = await openStream(t, server, `?managingEntityIdentifier=${otherEntity}`)
  for (const managingEntityIdentifier of [entity, otherEntity]) {
    await server.events.trigger({ type: 'booking.create', managingEntityIdentifier })
  }
  const { data } = await nextOf(stream, 'delivery')
  t.equal(data.managingEntityIdentifier, otherEntity)
})

t.test('what the control changes is streamed, from the library too', async (t) => {
  const server = await listening(t)
  const stream = await openStream(t, server)
  const fault = server.faults.arm({ effect: { status: 503 } })
  t.strictSame((await stream.next()).data, { part: 'faults' })
  const steps: [part: string, step: () => unknown][] = [
    [
      'faults',
      () => {
        server.faults.remove(fault.id)
      },
    ],
    [
      'faults',
      () => {
        server.faults.clear()
      },
    ],
    [
      'requests',
      () => {
        server.requests.clear()
      },
    ],
    ['requests', () => fetch(`${server.url}/__admin/requests`, { method: 'DELETE' })],
    ['deliveries', () => fetch(`${server.url}/__admin/deliveries`, { method: 'DELETE' })],
    ['clock', () => server.clock.set({ mode: 'frozen' })],
    ['clock', () => server.clock.advance(1)],
    [
      'sandbox',
      () => {
        server.reset({ only: ['webhooks'] })
      },
    ],
    [
      'sandbox',
      () => {
        server.state.import({})
      },
    ],
  ]
  for (const [part, step] of steps) {
    await step()
    t.match(await stream.next(), { event: 'change', data: { part } })
  }
})

t.test('what is refused has changed nothing, and is not streamed', async (t) => {
  const server = await listening(t)
  const stream = await openStream(t, server)
  t.throws(() => {
    server.faults.remove('14ebec38-30a5-4c2a-8200-1bb8539bb073')
  })
  const refused = await fetch(`${server.url}/__admin/requests?since=x`, { method: 'DELETE' })
  t.equal(refused.status, 400)
  server.clock.set({ mode: 'system' })
  t.strictSame((await stream.next()).data, { part: 'clock' })
})
