import { once } from 'node:events'
import type { Socket } from 'node:net'
import t from 'tap'
import { entity, seeded, webhooksOf } from '../fixtures/requests.ts'
import { dial, exchange, listening, requestText } from '../fixtures/wire.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'

/** More than the buffers of a connection hold. */
const large = Array.from({ length: 20 }, (_, index) => ({
  ...seeded,
  id: seeded.id.replace(/..$/, String(10 + index)),
  name: 'x'.repeat(1e6),
}))
const list = requestText(
  `GET ${webhooksOf(entity)}/list HTTP/1.1`,
  { connection: 'keep-alive' },
  '',
)

t.test('the connection of a client that does not read its answer is ended', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 200, data: { webhooks: large } })
  server.faults.arm({ match: { operation: 'create-webhook' }, effect: { delayMs: 400 } })
  const cases = {
    'one answer': list,
    'two answers': list + list,
    'behind a delay that is longer': requestText(undefined, { connection: 'keep-alive' }) + list,
  }
  for (const [name, bytes] of Object.entries(cases)) {
    const accepted = once(fastifyOf(server.app).server, 'connection') as Promise<[Socket]>
    const client = await dial(t, server)
    client.pause()
    const [connection] = await accepted
    client.write(bytes)
    await once(connection, 'close')
    t.ok(connection.bytesWritten > 0, name)
  }
  t.equal(server.webhooks.list().length, large.length + 1, 'nothing was cut off before its time')
  t.equal((await exchange(t, server, requestText())).status, 201, 'the server still creates')
})

t.test('an answer that is read is not cut off, however late it comes', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 50 })
  server.faults.arm({ match: { operation: 'show-webhooks' }, effect: { delayMs: 200 } })
  const { status } = await exchange(t, server, list.replace('keep-alive', 'close'))
  t.equal(status, 200)
})

t.test('half an answer that is not read is ended too', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 200, data: { webhooks: large } })
  server.faults.arm({
    match: { operation: 'show-webhooks' },
    when: 'after-commit',
    effect: { connection: 'truncated-body' },
  })
  const accepted = once(fastifyOf(server.app).server, 'connection') as Promise<[Socket]>
  const client = await dial(t, server)
  client.pause()
  const [connection] = await accepted
  client.write(list)
  await once(connection, 'close')
  t.ok(connection.bytesWritten > 0)
})

t.test('who reads on may take longer than the limit', async (t) => {
  const many = Array.from({ length: 400 }, (_, index) => ({
    ...seeded,
    id: seeded.id.replace(/.{4}$/, String(1000 + index)),
    name: 'x'.repeat(20_000),
  }))
  const server = await listening(t, { requestTimeoutMs: 1_000, data: { webhooks: many } })
  const client = await dial(t, server)
  client.write(list.replace('keep-alive', 'close'))
  let bytes = 0
  const startedMs = performance.now()
  for await (const chunk of client as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // A part of it at a time, so that all of it takes several times the limit.
    await new Promise((resolve) => setTimeout(resolve, chunk.length / 4_000))
  }
  t.ok(performance.now() - startedMs > 1_000)
  t.ok(bytes > 400 * 20_000, 'all of it came')
})

t.test('of too many long answers, those that take longest are broken off', async (t) => {
  const server = await listening(t, { data: { webhooks: large } })
  const accepted = once(fastifyOf(server.app).server, 'connection') as Promise<[Socket]>
  const ask = async (): Promise<void> => {
    const client = await dial(t, server)
    client.pause()
    client.write(list)
  }
  await ask()
  const [oldest] = await accepted
  let others = 0
  for (; !oldest.destroyed && others < 100; others += 1) {
    await ask()
    t.equal((await exchange(t, server, requestText())).status, 201, 'the server still creates')
  }
  t.ok(oldest.destroyed)
  t.ok(others > 1, 'a few may be open')
})
