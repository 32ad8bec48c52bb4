import { once } from 'node:events'
import { get } from 'node:https'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { text } from 'node:stream/consumers'
import type { IncomingMessage } from 'node:http'
import t from 'tap'
import { buildApp, type Problem, type Sandbox } from '../../src/index.ts'
import { entity, seeded, webhooksOf } from '../fixtures/requests.ts'
import { projectText } from '../fixtures/project.ts'
import { recorder } from '../fixtures/recorder.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'
import { dial, exchange, listening, received, requestText, tls } from '../fixtures/wire.ts'

const kept = { connection: 'keep-alive' }
const create = requestText(`POST ${webhooksOf(entity)} HTTP/1.1`, kept)
const list = requestText(`GET ${webhooksOf(entity)}/list HTTP/1.1`, {}, '')
const portOf = ({ url }: { readonly url: string }): number => Number(new URL(url).port)
const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code)
const addressOf = (server: Sandbox) => ({ host: '127.0.0.1', port: portOf(server) })

t.test('with a certificate the sandbox speaks https, and its addresses say so', async (t) => {
  const server = await listening(t, { tls })
  t.match(server.url, /^https:\/\/127\.0\.0\.1:\d+$/)
  t.equal((await exchange(t, server, requestText())).status, 201)
  t.match(server.tenants.create(), { baseUrl: server.url })

  const url = `https://localhost:${portOf(server)}/.well-known/oauth-authorization-server`
  const [response] = (await once(get(url, { ca: tls.cert, agent: false }), 'response')) as [
    IncomingMessage,
  ]
  const { issuer } = JSON.parse(await text(response)) as { issuer: string }
  t.equal(issuer, `https://localhost:${portOf(server)}`)
})

t.test('its own page may drive it', async (t) => {
  const server = await listening(t, { tls })
  const reset = (origin: string): string =>
    requestText('POST /__admin/reset HTTP/1.1', { host: 'localhost', origin }, '{}')
  t.equal((await exchange(t, server, reset('https://localhost'))).status, 204)
  t.equal((await exchange(t, server, reset('http://localhost'))).status, 403)
})

t.test('it speaks HTTP/1.1 alone', async (t) => {
  const server = await listening(t, { tls })
  const to = { ...addressOf(server), ca: tls.cert }
  const client = connectTls({ ...to, ALPNProtocols: ['h2', 'http/1.1'] })
  t.teardown(() => client.destroy())
  await once(client, 'secureConnect')
  t.equal(client.alpnProtocol, 'http/1.1')
  const other = connectTls({ ...to, ALPNProtocols: ['h2'] })
  t.match(await once(other, 'error'), [{ code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL' }])
})

t.test('pipelined requests are carried out and answered in their order', async (t) => {
  const server = await listening(t, { tls })
  server.faults.arm({ match: { method: 'POST' }, times: 2, effect: { delayMs: 20 } })
  const socket = await dial(t, server)
  socket.write(create + create + list)
  t.strictSame((await received(socket)).match(/(?<=HTTP\/1\.1 )\d+/g), ['201', '201', '200'])
  t.equal(server.webhooks.list().length, 2)
})

t.test('a broken request is a problem, in its turn, and in the journal', async (t) => {
  const server = await listening(t, { tls })
  const { status, body } = await exchange(t, server, 'nonsense\r\n\r\n')
  t.equal(status, 400)
  t.match(JSON.parse(body) as Problem, { title: 'Bad Request' })
  t.equal(server.requests.find({ status: 400 }).length, 1)
  const socket = await dial(t, server)
  socket.write(`${create}nonsense\r\n\r\n`)
  t.strictSame((await received(socket)).match(/(?<=HTTP\/1\.1 )\d+/g), ['201', '400'])
})

t.test(
  'a slow request is 408; a connection on which nothing comes is closed without an answer',
  async (t) => {
    const server = await listening(t, { tls, requestTimeoutMs: 200 })
    t.equal((await exchange(t, server, create.slice(0, 40))).status, 408)
    t.equal(await received(await dial(t, server)), '')
    t.equal(server.requests.count(), 1)
  },
)

t.test('the connection of a client that does not read its answer is ended', async (t) => {
  const webhooks = Array.from({ length: 20 }, (_, index) => ({
    ...seeded,
    id: seeded.id.replace(/..$/, String(10 + index)),
    name: 'x'.repeat(1e6),
  }))
  const server = await listening(t, { tls, requestTimeoutMs: 200, data: { webhooks } })
  const accepted = once(fastifyOf(server.app).server, 'secureConnection') as Promise<[Socket]>
  const client = await dial(t, server)
  client.pause()
  const [connection] = await accepted
  client.write(list.replace('close', 'keep-alive'))
  await once(connection, 'close')
  t.ok(connection.bytesWritten > 0)
  t.equal((await exchange(t, server, requestText())).status, 201, 'the server still creates')
})

t.test('a client that reads on gets all of its answer', async (t) => {
  const webhooks = [{ ...seeded, name: 'x'.repeat(4e6) }]
  const server = await listening(t, { tls, requestTimeoutMs: 1_000, data: { webhooks } })
  const client = await dial(t, server)
  client.write(list)
  let bytes = 0
  const startedMs = performance.now()
  for await (const chunk of client as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // A part of it at a time, so that all of it takes longer than the limit.
    await new Promise((resolve) => setTimeout(resolve, chunk.length / 3_000))
  }
  t.ok(performance.now() - startedMs > 1_000)
  t.ok(bytes > 4e6)
})

t.test('a connection too many is closed at once; there is room again later', async (t) => {
  const server = await listening(t, { tls, maxConnections: 1 })
  const accepted = once(fastifyOf(server.app).server, 'secureConnection') as Promise<[Socket]>
  const first = await dial(t, server)
  const [socket] = await accepted
  const second = connect(portOf(server), '127.0.0.1')
  await once(second.resume(), 'close')
  const closed = once(socket, 'close')
  first.destroy()
  await closed
  t.equal((await exchange(t, server, requestText())).status, 201)
})

t.test('a handshake that does not end is given up after the time of a request', async (t) => {
  const { logger, entries } = recorder()
  const server = await listening(t, { tls, requestTimeoutMs: 200, logger })
  const silent = connect(portOf(server), '127.0.0.1')
  await once(silent.resume(), 'close')
  t.match(entries(), [{ detail: 'The TLS handshake failed (ERR_TLS_HANDSHAKE_TIMEOUT).' }])
  t.equal(server.requests.count(), 0)
})

t.test('a client of plain HTTP is closed, and the log says why', async (t) => {
  const { logger, entries } = recorder()
  const server = await listening(t, { tls, logger })
  const plain = connect(portOf(server), '127.0.0.1')
  plain.end(requestText())
  t.equal(await received(plain), '')
  t.match(entries(), [{ status: null, detail: /^This is plain HTTP, .* use https:/ }])
  const probe = connect(portOf(server), '127.0.0.1')
  await once(probe, 'connect')
  probe.end()
  await once(probe.resume(), 'close')
  t.equal(entries().length, 1, 'a probe of the port is nothing to tell')
  t.equal((await exchange(t, server, requestText())).status, 201)
})

t.test('faults break its connections', async (t) => {
  const server = await listening(t, { tls })
  const cases = {
    'connection-reset': 'ECONNRESET',
    'empty-response': '',
    'truncated-body': 'HTTP/1.1 500 ',
  } as const
  for (const [name, expected] of Object.entries(cases)) {
    const connection = name as keyof typeof cases
    server.faults.arm({ times: 1, effect: { connection } })
    // Of TLS 1.3 the client still has tickets to read, and may not see the reset behind them.
    const socket = connectTls({ ...addressOf(server), ca: tls.cert, maxVersion: 'TLSv1.2' })
    await once(socket, 'secureConnect')
    socket.write(create)
    const outcome = await received(socket).catch(codeOf)
    t.equal(outcome.slice(0, 13), expected, name)
  }
})

t.test('it closes as it does without TLS', async (t) => {
  const server = await listening(t, { tls, shutdownTimeoutMs: 60_000 })
  const [unused, used, shy] = [
    await dial(t, server),
    await dial(t, server),
    connect(portOf(server), '127.0.0.1'),
  ]
  await once(shy, 'connect')
  const head = String(requestText(undefined, { expect: '100-continue' }).split('\r\n\r\n')[0])
  used.write(`${head}\r\n\r\n`)
  await once(used, 'data')
  const closed = server.close()
  const answer = received(used)
  used.write(requestText().split('\r\n\r\n')[1] ?? '')
  t.match(await answer, /^HTTP\/1\.1 201 /, 'a request in flight gets its answer')
  await closed
  for (const socket of [unused, shy]) {
    if (!socket.destroyed) await once(socket.resume(), 'close')
  }
})

t.test('the limit of a stop ends a handshake that hangs', async (t) => {
  const server = await listening(t, { tls, shutdownTimeoutMs: 50 })
  const accepted = once(fastifyOf(server.app).server, 'connection') as Promise<[Socket]>
  const hanging = connect(portOf(server), '127.0.0.1')
  await accepted
  hanging.write('\x16\x03\x01\x02')
  const closed = once(hanging.resume(), 'close')
  await server.close()
  await closed
})

t.test('a certificate and a key that do not fit are refused', (t) => {
  const [other, locked] = ['other-key', 'locked-key'].map((name) =>
    projectText(`test/fixtures/tls/${name}.pem`),
  )
  const cases: Record<string, unknown> = {
    'key values mismatch': { ...tls, key: other },
    'both are needed': { cert: tls.cert },
    'no start line': { ...tls, cert: 'nonsense' },
    '.+': { ...tls, key: locked },
  }
  for (const [reason, wrong] of Object.entries(cases)) {
    t.throws(() => buildApp({ tls: wrong as typeof tls }), {
      name: 'RangeError',
      message: new RegExp(`^tls must be a certificate and its private key in PEM, .*: ${reason}$`),
    })
  }
  t.throws(() => buildApp({ tls: null as unknown as typeof tls }), RangeError)
  t.end()
})
