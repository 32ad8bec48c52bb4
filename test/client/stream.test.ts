import t from 'tap'
import { streamOf } from '../../src/client/stream.ts'
import { createRequest, entity, validBody } from '../fixtures/requests.ts'
import { receiver } from '../fixtures/receiver.ts'
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

t.test('a stream begins with what is asked for, and takes the admin token', async (t) => {
  const adminToken = 's3cr3t'
  const server = await listening(t, { adminToken })
  await server.app.inject(createRequest())
  const { signal } = new AbortController()
  const since = '2000-01-01T00:00:00Z'
  for await (const { event, data } of streamOf(server.url, { adminToken, since, signal })) {
    t.equal(event, 'request')
    t.strictSame(data, server.requests.find()[0])
    break
  }
})

t.test('a stream that the sandbox refuses is an ApiError', async (t) => {
  const { url } = await listening(t, { adminToken: 's3cr3t' })
  const { signal } = new AbortController()
  await t.rejects(streamOf(url, { signal }).next(), { name: 'ApiError', status: 401 })
})

t.test('a stream that ends before it has begun is from no sandbox', async (t) => {
  const url = await receiver(t, (_request, response) => response.writeHead(204).end())
  const { signal } = new AbortController()
  await t.rejects(streamOf(url, { signal }).next(), {
    message: 'answered 204 with what no sandbox sends',
  })
})
