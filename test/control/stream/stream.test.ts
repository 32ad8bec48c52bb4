import { once } from 'node:events'
import t from 'tap'
import type { Sandbox } from '../../../src/index.ts'
import { until } from '../../fixtures/faults.ts'
import { recorder } from '../../fixtures/recorder.ts'
import { createRequest, entity, otherEntity, webhooksOf } from '../../fixtures/requests.ts'
import { fastifyOf, problemOf, sandbox } from '../../fixtures/sandbox.ts'
import { openStream, type OpenStream } from '../../fixtures/stream.ts'
import { recordIntervals } from '../../fixtures/timers.ts'
import { dial, listening, received, requestText, tls } from '../../fixtures/wire.ts'

const idHeader = 'x-wink-mock-request-id'
const unknownId = '9e1f0a5b-69d5-4b8a-83c2-9e6f4a1b8d34'

/** Sends a request; gives its id. */
async function send({ app }: Sandbox, overrides: Parameters<typeof createRequest>[0] = {}) {
  const { headers } = await app.inject(createRequest(overrides))
  return String(headers[idHeader])
}

t.test('a request is streamed as the journal shows it', async (t) => {
  const server = await listening(t)
  await send(server)
  const stream = await openStream(t, server)
  t.match(stream.response.headers, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  })
  for (const overrides of [{}, { payload: '{}' }]) {
    const id = await send(server, overrides)
    t.strictSame(await stream.next(), { event: 'request', id, data: server.requests.get(id) })
  }
})

t.test('a stream begins with the time after which a client connects again', async (t) => {
  const server = await listening(t)
  const { response } = await openStream(t, server)
  t.equal(String((await once(response, 'data'))[0]), 'retry: 1000\n\n')
})

t.test('a stream is of one managing entity, if the query names one', async (t) => {
  const server = await listening(t)
  const query = `?managingEntityIdentifier=${entity.toUpperCase()}`
  const stream = await openStream(t, server, query)
  await send(server, { url: webhooksOf(otherEntity) })
  const id = await send(server)
  t.match(await stream.next(), { id })
})

t.test('since begins with what the journal holds', async (t) => {
  const server = await listening(t)
  server.clock.set({ mode: 'frozen', instant: '2026-01-14T10:00:00Z' })
  const first = await send(server)
  server.clock.set({ mode: 'frozen', instant: '2026-01-14T11:00:00Z' })
  const second = await send(server)
  const begins: [string, string[]][] = [
    ['2026-01-14T09:00:00Z', [first, second]],
    ['2026-01-14T10:30:00Z', [second]],
    ['2026-01-14T12:00:00Z', []],
    [first, [second]],
  ]
  const streams: [OpenStream, string[]][] = []
  for (const [since, held] of begins) {
    const stream = await openStream(t, server, `?since=${since}`)
    for (const id of held) t.match(await stream.next(), { event: 'request', id }, since)
    streams.push([stream, held])
  }
  const next = await send(server)
  for (const [stream] of streams) t.match(await stream.next(), { id: next })
})

t.test('Last-Event-ID goes on behind its event, and comes before since', async (t) => {
  const server = await listening(t)
  const [first, second] = [await send(server), await send(server)]
  const headers = { 'last-event-id': first }
  const stream = await openStream(t, server, '?since=2000-01-01T00:00:00Z', headers)
  t.match(await stream.next(), { event: 'request', id: second })
})

t.test('a stream that cannot go on has a gap, and then all that the journal holds', async (t) => {
  const server = await listening(t, { maxJournalEntries: 2 })
  const ids = [await send(server), await send(server), await send(server)]
  for (const last of [unknownId, String(ids[0])]) {
    const stream = await openStream(t, server, '', { 'last-event-id': last })
    t.strictSame(await stream.next(), { event: 'gap', id: undefined, data: {} })
    t.match(await stream.next(), { event: 'request', id: ids[1] })
    t.match(await stream.next(), { event: 'request', id: ids[2] })
  }
})

t.test('a slow reader gets a gap in place of what the journal had no room for', async (t) => {
  const server = await listening(t, { maxJournalEntries: 3 })
  const stream = await openStream(t, server)
  server.faults.arm({ times: null, effect: { status: 503, detail: 'x'.repeat(60_000) } })
  const payload = 'x'.repeat(16_000)
  let last = ''
  // More than the buffers of both sockets hold.
  for (let count = 0; count < 250; count += 1) last = await send(server, { payload })
  let requests = 0
  let gaps = 0
  for (;;) {
    const { event, id } = await stream.next()
    if (event === 'gap') gaps += 1
    else requests += 1
    if (id === last) break
  }
  t.ok(gaps >= 1, `${gaps} gaps`)
  t.ok(requests < 250, `${requests} requests`)
})

t.test('a slow reader that reads at last loses nothing that the journal holds', async (t) => {
  const server = await listening(t)
  const stream = await openStream(t, server)
  const ids: string[] = []
  for (let count = 0; count < 500; count += 1) ids.push(await send(server))
  for (const id of ids) {
    const { event, id: next } = await stream.next()
    if (event !== 'request' || next !== id) t.fail(`${event} ${String(next)} in place of ${id}`)
  }
  t.pass('all of them, in their order')
})

t.test('the stream ends at once when the sandbox closes, even if nobody reads', async (t) => {
  const server = await listening(t, { shutdownTimeoutMs: 600_000 })
  const reading = await openStream(t, server)
  const stuck = await openStream(t, server, '?since=2000-01-01T00:00:00Z')
  const payload = 'x'.repeat(16_000)
  server.faults.arm({ times: null, effect: { status: 503, detail: 'x'.repeat(60_000) } })
  let last = ''
  for (let count = 0; count < 200; count += 1) last = await send(server, { payload })
  while ((await reading.next()).id !== last);
  await server.close()
  await t.rejects(reading.next(), { message: 'the stream ended' })
  t.ok(stuck.response.readable, 'it had not been read')
})

for (const [name, options] of Object.entries({ 'plain HTTP': {}, TLS: { tls } })) {
  t.test(
    `each stream has the last request and its end when the sandbox closes: ${name}`,
    async (t) => {
      const server = await listening(t, options)
      const sockets = [await dial(t, server), await dial(t, server), await dial(t, server)]
      for (const socket of sockets) {
        socket.write('GET /__admin/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
        await once(socket, 'readable')
      }
      const id = await send(server)
      const texts = sockets.map(received)
      await server.close()
      for (const text of await Promise.all(texts)) {
        t.ok(text.includes(id), 'the request')
        t.ok(text.endsWith('\r\n0\r\n\r\n'), 'the last chunk')
      }
    },
  )
}

t.test(
  'a stream that was asked for before the sandbox closes, and not begun, is 503',
  async (t) => {
    const server = await listening(t)
    const closed = once(fastifyOf(server.app).server, 'request').then(() => server.close())
    // The control API is built for the first request to it: meanwhile, the sandbox closes.
    const socket = await dial(t, server)
    socket.write('GET /__admin/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
    t.match(await received(socket), /^HTTP\/1\.1 503 /)
    await closed
  },
)

t.test('a stream that is opened while the sandbox closes is refused', async (t) => {
  const server = await listening(t)
  const socket = await dial(t, server)
  socket.write('GET /__admin/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n')
  const closing = server.close()
  socket.write('\r\n')
  t.match(await received(socket), /^(?:HTTP\/1\.1 503 |$)/)
  await closing
})

t.test('there are 100 streams at most; one that its client ends makes room', async (t) => {
  const server = await listening(t)
  const streams = await Promise.all(Array.from({ length: 100 }, () => openStream(t, server)))
  const refused = await fetch(`${server.url}/__admin/stream`)
  t.equal(refused.status, 409)
  t.match(await refused.json(), { detail: '100 streams are open; close some of them.' })
  streams[0]?.response.destroy()
  for (;;) {
    const { response } = await openStream(t, server)
    response.resume()
    if (response.statusCode === 200) break
  }
})

t.test('what cannot be streamed is refused', async (t) => {
  const { app } = sandbox(t)
  const wrong: { url: string; pointer: string }[] = [
    { url: '/__admin/stream?since=now', pointer: '#/since' },
    { url: `/__admin/stream?since=${unknownId}`, pointer: '#/since' },
    { url: '/__admin/stream?status=400', pointer: '#/status' },
  ]
  for (const { url, pointer } of wrong) {
    const problem = problemOf(t, await app.inject(url))
    t.match(problem, { status: 400, properties: { errors: [{ pointer }] } }, url)
  }
  const off = sandbox(t, { maxJournalEntries: 0 })
  t.equal(problemOf(t, await off.app.inject('/__admin/stream')).status, 409)
})

t.test('the admin token opens a stream, and nothing else does', async (t) => {
  const server = await listening(t, { adminToken: 's3cr3t' })
  t.equal((await openStream(t, server)).response.statusCode, 401)
  const headers = { authorization: 'Bearer s3cr3t' }
  t.equal((await openStream(t, server, '', headers)).response.statusCode, 200)
})

t.test('HEAD of a stream ends', async (t) => {
  const server = await listening(t)
  const socket = await dial(t, server)
  socket.write(requestText('HEAD /__admin/stream HTTP/1.1', { host: 'localhost' }, ''))
  t.match(await received(socket), /^HTTP\/1\.1 200 OK\r\ncontent-type: text\/event-stream\r\n/)
})

t.test('a comment shows every 15 seconds that a stream lives', async (t) => {
  const server = await listening(t)
  const intervals = recordIntervals(t)
  const { response } = await openStream(t, server)
  t.match(String((await once(response, 'data'))[0]), /^retry/)
  const heartbeat = intervals.find(({ delayMs }) => delayMs === 15_000)
  heartbeat?.callback()
  t.equal(String((await once(response, 'data'))[0]), ':\n\n')
})

t.test('a client that reads nothing is disconnected', async (t) => {
  const { logger, lines } = recorder()
  const server = await listening(t, { requestTimeoutMs: 100, logger })
  const socket = await dial(t, server)
  socket.on('error', () => undefined)
  socket.write('GET /__admin/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'data')
  socket.pause()
  server.faults.arm({ times: null, effect: { status: 503, detail: 'x'.repeat(60_000) } })
  for (let count = 0; count < 250; count += 1) {
    await send(server, { payload: 'x'.repeat(16_000) })
  }
  const isEnded = (line: string): boolean => line.includes('did not read its answer in time')
  await until(() => lines.some(isEnded))
  t.match(lines.filter(isEnded), [/"path":"\/__admin\/stream"/])
})
