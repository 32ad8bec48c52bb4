import t from 'tap'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { dial, exchange, listening, received, requestText } from '../fixtures/wire.ts'

const webhooks = webhooksOf(entity)

/** A request whose body comes in chunks, whatever the field says; the connection is kept unless the server closes it. */
const coded = (path: string, field: string, method = 'POST'): string =>
  requestText(`${method} ${path} HTTP/1.1`, { host: 'localhost', connection: 'keep-alive' }, '')
    .replace('content-length: 0', `transfer-encoding: ${field}`)
    .concat('2\r\n{}\r\n0\r\n\r\n')

/** Codings that the parser lets pass, and those that it refuses. */
const others = [
  'gzip, chunked',
  'gzip,chunked',
  'gzip;q=1, chunked',
  'identity, chunked',
  'gzip\r\ntransfer-encoding: chunked',
  '',
  'gzip',
  'identity',
  'xchunked',
  'chunked;a=b',
  '"chunked"',
  'chunked, gzip',
  'chunked, chunked',
  'chunked\r\nTransfer-Encoding: chunked',
]

t.test('reports F10: a transfer coding other than one chunked is 501 (RFC 9112 §6.1)', (t) => {
  const paths = [webhooks, `${webhooks}/list`, '/api/nothing', '/__admin/faults', '/nothing']
  for (const path of [...paths, '/reference', '/__admin/health']) {
    t.test(path, async (t) => {
      const server = await listening(t)
      for (const field of others) {
        const next = requestText('GET /nothing HTTP/1.1', {}, '')
        const { status, head, body } = await exchange(t, server, coded(path, field) + next)
        t.equal(status, 501, field)
        t.notMatch(body, 'HTTP/1.1', 'the connection closes: what comes behind is not answered')
        t.match(head, /^HTTP\/1\.1 501 Not Implemented\r\n/)
        t.match(head, /^content-type: application\/problem\+json$/im)
        t.match(head, /^connection: close$/im)
        t.match(JSON.parse(body), {
          title: 'Not Implemented',
          status: 501,
          detail: /Transfer-Encoding: chunked, once and without other codings/,
        })
      }
      t.same(server.webhooks.list(), [])
      t.same(server.faults.list(), [])
    })
  }
  t.end()
})

t.test('Content-Length beside it stays 400, in either order (RFC 9112 §6.3)', async (t) => {
  const server = await listening(t)
  for (const field of ['chunked', 'gzip, chunked']) {
    const behind = coded(webhooks, `${field}\r\ncontent-length: 2`)
    const before = coded(webhooks, field).replace('transfer-', 'content-length: 2\r\ntransfer-')
    t.equal((await exchange(t, server, behind)).status, 400, field)
    t.equal((await exchange(t, server, before)).status, 400, field)
  }
})

t.test('reports F10: whatever the method', async (t) => {
  const server = await listening(t)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
    t.equal((await exchange(t, server, coded(webhooks, 'gzip, chunked', method))).status, 501)
  }
})

t.test('reports F10: below /oauth2 it is an OAuth error (RFC 6749 §5.2)', async (t) => {
  const server = await listening(t)
  const { status, body } = await exchange(t, server, coded('/oauth2/token', 'gzip, chunked'))
  t.equal(status, 501)
  t.match(JSON.parse(body), { error: 'invalid_request' })
})

t.test('reports F10: the journal names the rule', async (t) => {
  const server = await listening(t)
  await exchange(t, server, coded(webhooks, 'gzip, chunked'))
  await exchange(t, server, coded(webhooks, 'chunked, chunked'))
  const rule = { status: 501, diagnosis: { refusedBy: { rule: 'transfer-coding' } } }
  t.match(server.requests.find(), [rule, rule])
})

t.test('one chunked in any case is no other coding (RFC 9112 §7)', async (t) => {
  const server = await listening(t)
  for (const field of ['chunked', 'Chunked', 'CHUNKED', ', chunked', ',, \t,chunked']) {
    const socket = await dial(t, server)
    socket.write(coded(webhooks, field) + requestText('GET /nothing HTTP/1.1', {}, ''))
    const text = await received(socket)
    t.match(text, /^HTTP\/1\.1 400 .*#\/name.*HTTP\/1\.1 404 /s, field)
  }
})
