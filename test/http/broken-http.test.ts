import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import type { Problem } from '../../src/index.ts'
import { recorder } from '../fixtures/recorder.ts'
import { entity, validBody, webhooksOf } from '../fixtures/requests.ts'
import { dial, exchange, listening, received, requestText } from '../fixtures/wire.ts'

const create = `POST ${webhooksOf(entity)} HTTP/1.1`
/** The head of a request whose body comes in chunks. */
const chunked = requestText(create, {}, '').replace(
  'content-length: 0',
  'transfer-encoding: chunked',
)

t.test('broken HTTP gets a problem, and the server goes on (CONTRACT §4)', async (t) => {
  const server = await listening(t)
  const cases: { name: string; bytes: string; status: number; detail: RegExp }[] = [
    { name: 'no HTTP at all', bytes: 'NONSENSE\r\n\r\n', status: 400, detail: /no method of HTTP/ },
    { name: 'TLS', bytes: '\x16\x03\x01\x00\xee\x01', status: 400, detail: /no TLS/ },
    { name: 'HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', status: 400, detail: /HTTP\/2/ },
    {
      name: 'an unknown method',
      bytes: requestText('WINK / HTTP/1.1'),
      status: 400,
      detail: /no method of HTTP/,
    },
    {
      name: 'a raw space in the target',
      bytes: requestText('GET /a b HTTP/1.1'),
      status: 400,
      detail: /%20/,
    },
    {
      name: 'a header without a colon',
      bytes: `${create}\r\nHost\r\n\r\n`,
      status: 400,
      detail: /header field/,
    },
    {
      name: 'a Content-Length that is no number',
      bytes: requestText(create, { 'content-length': '5x' }),
      status: 400,
      detail: /Content-Length/,
    },
    {
      name: 'Content-Length and Transfer-Encoding',
      bytes: requestText(create, { 'transfer-encoding': 'chunked' }),
      status: 400,
      detail: /both/,
    },
    {
      name: 'a chunk size that is no number',
      bytes: `${chunked}zz\r\n`,
      status: 400,
      detail: /chunk/,
    },
    {
      name: 'a header over 16 KiB',
      bytes: requestText(create, { 'x-long': 'x'.repeat(17_000) }),
      status: 431,
      detail: /16 KiB/,
    },
    {
      name: 'a target over 16 KiB',
      bytes: requestText(`GET /${'x'.repeat(17_000)} HTTP/1.1`),
      status: 431,
      detail: /16 KiB/,
    },
    {
      name: 'a chunk extension over 16 KiB',
      bytes: `${chunked}1;${'x'.repeat(17_000)}\r\n`,
      status: 413,
      detail: /extensions/,
    },
    {
      name: 'HTTP/1.1 without Host',
      bytes: 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
      status: 400,
      detail: /Host/,
    },
    {
      name: 'CONNECT',
      bytes: 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n',
      status: 400,
      detail: /proxy/,
    },
  ]
  for (const { name, bytes, status, detail } of cases) {
    await t.test(`${name}: ${status}`, async (t) => {
      const answer = await exchange(t, server, bytes)
      t.equal(answer.status, status)
      t.match(answer.head, /^content-type: application\/problem\+json\r?$/im)
      t.match(answer.head, /^connection: close\r?$/im)
      const problem = JSON.parse(answer.body) as Problem
      t.match(problem, { type: 'about:blank', title: /\w/, status, detail })
      t.match(answer.head, ` ${problem.title}`, 'title is the reason phrase')
    })
  }
  t.equal((await exchange(t, server, requestText())).status, 201, 'the server still creates')
})

t.test('what is unusual and still HTTP is served', async (t) => {
  const server = await listening(t)
  const cases = [
    {
      name: 'HTTP/1.0 without Host',
      bytes: requestText()
        .replace('HTTP/1.1', 'HTTP/1.0')
        .replace(/^host:.*\r\n/m, ''),
    },
    {
      name: 'an unknown Expect (RFC 9110 §10.1.1)',
      bytes: requestText(create, { expect: 'the-unexpected' }),
    },
    { name: 'Expect: 100-continue', bytes: requestText(create, { expect: '100-continue' }) },
    {
      name: 'an Upgrade that nobody takes',
      bytes: requestText(create, { connection: 'upgrade, close', upgrade: 'websocket' }),
    },
    {
      name: 'a chunked body',
      bytes: `${chunked}${JSON.stringify(validBody).length.toString(16)}\r\n${JSON.stringify(validBody)}\r\n0\r\n\r\n`,
    },
  ]
  for (const { name, bytes } of cases) {
    await t.test(name, async (t) => {
      const socket = await dial(t, server)
      socket.write(bytes)
      t.match(await received(socket), /HTTP\/1\.1 201 Created/)
    })
  }
})

t.test('a request that does not arrive in time is 408', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 50 })
  const cases = [
    { name: 'headers that stop', bytes: `${create}\r\nHost: x\r\n` },
    { name: 'a body that stops', bytes: requestText().slice(0, -5) },
  ]
  for (const { name, bytes } of cases) {
    await t.test(name, async (t) => {
      const answer = await exchange(t, server, bytes)
      t.equal(answer.status, 408)
      t.match(JSON.parse(answer.body), {
        title: 'Request Timeout',
        status: 408,
        detail: 'Send the whole request within the time limit (--request-timeout).',
      })
    })
  }
  t.equal((await exchange(t, server, requestText())).status, 201, 'the server still creates')
})

t.test('a connection on which nothing comes is closed without an answer', async (t) => {
  const { logger, lines } = recorder()
  const server = await listening(t, { requestTimeoutMs: 50, logger })
  t.equal(await received(await dial(t, server)), '')
  t.strictSame(lines, [])
  t.strictSame(server.requests.find(), [])
})

t.test('a client that goes away in the middle hurts nobody', async (t) => {
  const { logger, lines } = recorder('error')
  const server = await listening(t, { logger })
  for (const bytes of [requestText().slice(0, -5), requestText().slice(0, 40), requestText()]) {
    const socket = await dial(t, server)
    socket.write(bytes)
    socket.resetAndDestroy()
    await once(socket, 'close')
  }
  t.equal((await exchange(t, server, requestText())).status, 201, 'the server still creates')
  t.strictSame(lines, [], 'and nothing is logged as a failure')
})

t.test('a connection outlives a refused body', async (t) => {
  const server = await listening(t)
  const socket = await dial(t, server)
  const keptOpen = (body: string): string => requestText(create, { connection: 'keep-alive' }, body)
  socket.write(keptOpen('{'))
  t.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 400 /)
  socket.write(keptOpen('x'.repeat(1024 * 1024 + 1)))
  t.match(String((await once(socket, 'data'))[0]), /^HTTP\/1\.1 413 Content Too Large/)
  socket.write(requestText())
  t.match(await received(socket), /^HTTP\/1\.1 201 /)
})

t.test('a broken request that was routed is answered and logged with its path', async (t) => {
  const { logger, lines, entries } = recorder()
  const server = await listening(t, { requestTimeoutMs: 50, logger })
  const { status, body } = await exchange(t, server, requestText().slice(0, -5))
  t.equal(status, 408)
  t.match(JSON.parse(body), { instance: webhooksOf(entity) })
  await exchange(t, server, `${chunked}zz\r\n`)
  t.match(entries(), [
    { method: 'POST', path: webhooksOf(entity), status: 408, ms: Number },
    { method: 'POST', path: webhooksOf(entity), status: 400, ms: Number },
  ])
  t.equal(lines.length, 2, 'one line each')
})

t.test('CONNECT ends its connection, and its client may be gone', async (t) => {
  const server = await listening(t, { shutdownTimeoutMs: 60_000 })
  const bytes = 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n'
  for (let count = 0; count < 20; count += 1) {
    const gone = await dial(t, server)
    gone.write((count % 2 ? requestText(create, { connection: 'keep-alive' }) : '') + bytes)
    if (count < 4) await once(gone, 'data')
    gone.resetAndDestroy()
  }
  const halfOpen = connect({
    port: Number(new URL(server.url).port),
    host: '127.0.0.1',
    allowHalfOpen: true,
  })
  t.teardown(() => halfOpen.destroy())
  halfOpen.write(bytes)
  await once(halfOpen.resume(), 'end')
  halfOpen.write('more')
  t.equal((await exchange(t, server, requestText())).status, 201, 'the server still creates')
  await server.close()
})

t.test('no header field is too far behind to count (CONTRACT §2)', async (t) => {
  const server = await listening(t)
  const many = Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [`a${index}`, '']))
  const cases = [
    { last: { 'wink-version': '9' }, status: 400 },
    { last: { prefer: 'code=503' }, status: 503 },
    { last: { Authorization: 'Bearer other' }, status: 401 },
  ]
  for (const { last, status } of cases) {
    const { status: answered } = await exchange(
      t,
      server,
      requestText(create, { ...many, ...last }),
    )
    t.equal(answered, status, JSON.stringify(last))
  }
})
