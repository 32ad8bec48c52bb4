import t from 'tap'
import { streamOf } from '../../src/client/stream.ts'
import { createRequest, entity, validBody } from '../fixtures/requests.ts'
import { listening } from '../fixtures/wire.ts'

t.test('a stream is read from its beginning to its end', async (t) => {
  const server = await listening(t)
  const { signal } = new AbortController()
  // The events of before are not streamed, those that come while it begins are.
  await server.app.inject(createRequest())
  const onBegin = async (): Promise<void> => {
    await server.app.inject(createRequest())
    server.faults.clear()
    await server.events.trigger({
      type: String(validBody.eventList[0]),
      managingEntityIdentifier: entity,
      webhookId: String(server.webhooks.list()[0]?.id),
    })
  }
  const seen: string[] = []
  for await (const { event, data } of streamOf(server.url, { onBegin, signal })) {
    seen.push(event)
    if (event === 'request') t.strictSame(data, server.requests.find()[1])
    if (event === 'change') t.strictSame(data, { part: 'faults' })
    if (event === 'delivery') t.strictSame(data, server.deliveries.list()[0])
    if (seen.length === 3) void server.close()
  }
  t.strictSame(seen.sort(), ['change', 'delivery', 'request'])
})
