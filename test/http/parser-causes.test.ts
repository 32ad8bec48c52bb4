import { once } from 'node:events'
import { METHODS } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import t from 'tap'
import type { Problem } from '../../src/index.ts'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { dial, exchange, listening, received, requestText } from '../fixtures/wire.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'

const path = webhooksOf(entity)
const create = `POST ${path} HTTP/1.1`
const secret = 's3cr3t'
const head = (...fields: string[]): string =>
  [create, 'Host: x', `Authorization: Bearer ${secret}`, ...fields, '', ''].join('\r\n')
const chunked = (chunks: string): string =>
  head('Content-Type: application/json', 'Transfer-Encoding: chunked') + chunks

const bareLf = 'A line ends in LF alone; end it in CR and LF.'
const bareCr =
  'A line has a CR without LF behind it, or a chunk is longer than its size says; end lines in CR and LF.'
const noMethod = 'The request begins with no method of HTTP; send it with an HTTP client.'
const noHttp = 'Behind the request target comes no HTTP/1.1; a blank in the target must be %20.'
const badVersion = 'The request line must end in HTTP/1.1, with CR and LF at once behind it.'
const fieldName =
  'The name of a header field has a character that it may not have, such as a blank in front of the colon.'
const folded = 'A line of the header begins with a blank; send each header field in one line.'
const control = 'The value of a header field has a control character; leave it out.'
const badLength = 'Content-Length is no whole number of bytes.'
const both = 'The request has both Content-Length and Transfer-Encoding; send one of them.'
const inCapitals = (method: string): string =>
  `Methods are case-sensitive: send ${method} in capitals (RFC 9110 §9.1).`

const refusals: { name: string; bytes: string | Buffer; says: string; status?: number }[] = [
  { name: 'patch', bytes: `patch ${path} HTTP/1.1\r\n\r\n`, says: inCapitals('PATCH') },
  { name: 'Delete', bytes: `Delete ${path} HTTP/1.1\r\n\r\n`, says: inCapitals('DELETE') },
  { name: 'gEt', bytes: `gEt ${path} HTTP/1.1\r\n\r\n`, says: inCapitals('GET') },
  { name: 'an unknown method', bytes: `NONSENSE ${path} HTTP/1.1\r\n\r\n`, says: noMethod },
  {
    name: 'a lower-case word that is no method',
    bytes: 'nonsense / HTTP/1.1\r\n\r\n',
    says: noMethod,
  },
  { name: 'JSON', bytes: `{"token":"${secret}"}`, says: noMethod },
  {
    name: 'a TLS hello',
    bytes: Buffer.from('16030100c8010000c40303', 'hex'),
    says: 'This is a TLS handshake, and the sandbox speaks no TLS: use http:// in place of https://, or start it with --tls-cert.',
  },
  {
    name: 'an HTTP/2 preface',
    bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    says: 'This is HTTP/2, and the sandbox speaks HTTP/1.1 alone: turn HTTP/2 off in the client.',
  },
  {
    name: 'a blank in front',
    bytes: ` ${create}\r\n\r\n`,
    says: 'The request begins with a blank; begin it with the method.',
  },
  {
    name: 'a target that is not ASCII',
    bytes: 'GET /bücher HTTP/1.1\r\n\r\n',
    says: 'The request target has characters that it may not have; percent-encode blanks and all that is not ASCII.',
  },
  { name: 'a blank in the target', bytes: 'GET /api/a b HTTP/1.1\r\n\r\n', says: noHttp },
  { name: 'another protocol', bytes: 'GET / FTP/1.1\r\n\r\n', says: noHttp },
  { name: 'HTTP/1.2', bytes: create.replace('1.1', '1.2') + '\r\n\r\n', says: badVersion },
  { name: 'a blank behind the version', bytes: `${create} \r\n\r\n`, says: badVersion },
  { name: 'LF behind the request line', bytes: `${create}\nHost: x\n\n`, says: bareLf },
  { name: 'LF behind a field', bytes: `${create}\r\nHost: x\n\n`, says: bareLf },
  { name: 'CR behind the request line', bytes: `${create}\rHost: x\r\r`, says: bareCr },
  { name: 'CR in a field', bytes: head('A: a\rb'), says: bareCr },
  { name: 'a control character', bytes: head('A: a\x01'), says: control },
  { name: 'a blank in front of a colon', bytes: head('A : a'), says: fieldName },
  { name: 'a field without a colon', bytes: head('A'), says: fieldName },
  { name: 'a field on two lines', bytes: head('A: a', ' b'), says: folded },
  {
    name: 'a blank in front of the first field',
    bytes: `${create}\r\n A: a\r\n\r\n`,
    says: folded,
  },
  {
    name: 'a Content-Length that is no number',
    bytes: head('Content-Length: ten'),
    says: badLength,
  },
  { name: 'a negative Content-Length', bytes: head('Content-Length: -1'), says: badLength },
  {
    name: 'two Content-Lengths',
    bytes: head('Content-Length: 1', 'Content-Length: 2'),
    says: 'The request has more than one Content-Length; send one.',
  },
  {
    name: 'Content-Length, Transfer-Encoding',
    bytes: head('Content-Length: 1', 'Transfer-Encoding: chunked'),
    says: both,
  },
  {
    name: 'Transfer-Encoding, Content-Length',
    bytes: head('Transfer-Encoding: chunked', 'Content-Length: 1'),
    says: both,
  },
  {
    name: 'a chunk without a size',
    bytes: chunked('zz\r\n'),
    says: 'A chunk has no hexadecimal size in front of it.',
  },
  { name: 'a chunk that is longer', bytes: chunked('1\r\nabc'), says: bareCr },
  {
    name: 'a body that is longer',
    bytes: requestText(create, { connection: 'keep-alive' }).replace(/\{[^]*$/, 'x'.repeat(1_000)),
    says: 'Behind a request comes something that is none: its Content-Length may be too small, or its method is unknown.',
  },
  {
    name: 'too large a header',
    bytes: head(`A: ${'x'.repeat(17_000)}`),
    says: 'Send a request line and header fields of at most 16 KiB in all.',
    status: 431,
  },
]

t.test('reports D4: what the HTTP parser refuses names its cause (CONTRACT §4)', async (t) => {
  for (const { name, bytes, says, status = 400 } of refusals) {
    const server = await listening(t)
    const socket = await dial(t, server)
    socket.write(bytes)
    const answers = (await received(socket)).split(/(?=HTTP\/1\.1 \d{3} )/)
    const [, body = ''] = String(answers.at(-1)).split('\r\n\r\n')
    const problem = JSON.parse(body) as Problem
    t.match(problem, { status, detail: says }, name)
    t.equal(problem.detail, says)
    t.match(server.requests.find().at(-1)?.diagnosis.refusedBy, { detail: says }, 'the journal too')
    t.notMatch(body, new RegExp(secret), 'nothing of the request is repeated')
  }
})

t.test('reports D4: a method in lower case behind a good request', async (t) => {
  const server = await listening(t)
  const socket = await dial(t, server)
  const good = requestText(create, { connection: 'keep-alive' })
  socket.write(`${good}patch ${path}/x HTTP/1.1\r\nHost: x\r\n\r\n`)
  const answers = await received(socket)
  t.match(answers, /HTTP\/1\.1 201 /)
  t.match(answers, inCapitals('PATCH'))
})

t.test('a request that breaks off, and one behind the last one', async (t) => {
  const server = await listening(t)
  const broken = await dial(t, server)
  broken.end(`${create}\r\nHost: x\r\n`)
  t.match(await received(broken), /"The connection ended before the request was complete\."/)
  const socket = await dial(t, server)
  socket.write(requestText() + requestText())
  t.equal((await received(socket)).split('HTTP/1.1 201 ').length, 2, 'one answer: it was the last')
})

t.test('an error that no row of the table knows is a bad request (CONTRACT §4)', async (t) => {
  const server = await listening(t)
  const accepted = once(fastifyOf(server.app).server, 'connection')
  const socket = await dial(t, server)
  const [peer] = (await accepted) as [Socket]
  fastifyOf(server.app).server.emit(
    'clientError',
    Object.assign(new Error(), { code: 'HPE_OTHER' }),
    peer,
  )
  t.match(await received(socket), /"The request is not HTTP\/1\.1 \(RFC 9112\); send it with /)
})

t.test('reports D4: every method is known in lower case', async (t) => {
  const server = await listening(t)
  for (const method of METHODS) {
    const { body } = await exchange(t, server, `${method.toLowerCase()} ${path} HTTP/1.1\r\n\r\n`)
    t.match(JSON.parse(body), { detail: inCapitals(method) }, method)
  }
})

t.test('reports D4: fetch with a method in lower case', async (t) => {
  const server = await listening(t)
  const response = await fetch(`${server.url}${path}/x`, { method: 'patch' })
  t.equal(response.status, 400)
  t.match(await response.json(), { detail: inCapitals('PATCH') })
})

t.test('clients of TLS and of HTTP/2 leave the cause in the journal', async (t) => {
  const server = await listening(t)
  const port = Number(new URL(server.url).port)
  const tls = connectTls({ host: '127.0.0.1', port })
  t.teardown(() => tls.destroy())
  tls.on('error', () => undefined)
  await server.requests.wait()
  const http2 = connectHttp2(server.url)
  t.teardown(() => {
    http2.destroy()
  })
  http2.on('error', () => undefined)
  http2.request().on('error', () => undefined)
  const [first, second] = await server.requests.wait({ count: 2 })
  t.match(first?.diagnosis.refusedBy, { detail: /^This is a TLS handshake/ })
  t.match(second?.diagnosis.refusedBy, { detail: /^This is HTTP\/2/ })
})
