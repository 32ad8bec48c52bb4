import {
  bodyFor,
  createBytes,
  entity,
  requestBytes,
  resetBytes,
  tokenBytes,
  webhooksOf,
} from './requests.js'

const admin = (method, path, body) => requestBytes(method, `/__admin${path}`, { body })
const id = '4d1f2a66-9d0e-4c5b-a7b8-0a1b2c3d4e5f'
const chunk = JSON.stringify(bodyFor())

/** Valid requests of each operation. None arms a fault that breaks connections: half an answer counts as an error. */
const valid = [
  ...Array.from({ length: 6 }, () => createBytes()),
  createBytes(entity, { headers: { 'wink-version': '2.0', prefer: 'code=503', accept: '*/*' } }),
  createBytes(entity, { headers: { expect: '100-continue', connection: 'close' } }),
  requestBytes('POST', webhooksOf(), {
    headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
  }),
  requestBytes('POST', `http://localhost${webhooksOf()}`, { body: bodyFor() }),
  requestBytes('GET', `${webhooksOf()}/list`),
  requestBytes('GET', `${webhooksOf()}/event/list`),
  requestBytes('HEAD', `${webhooksOf()}/list`),
  requestBytes('GET', `${webhooksOf()}/${id}`),
  requestBytes('PATCH', `${webhooksOf()}/${id}`, {
    headers: { 'if-match': '"3"' },
    body: bodyFor(),
  }),
  requestBytes('DELETE', `${webhooksOf()}/${id}`, { headers: { 'if-match': 'W/"1", *' } }),
  requestBytes('CONNECT', 'localhost:80'),
  tokenBytes('&scope=account.read%20account.write'),
  requestBytes('GET', '/oauth2/jwks'),
  requestBytes('GET', '/.well-known/oauth-authorization-server'),
  admin('POST', '/faults', {
    match: { managingEntityIdentifier: entity, method: 'POST' },
    times: 2,
    seed: 1,
    effect: { status: 503, retryAfterSeconds: 1, minMs: 0, maxMs: 2 },
  }),
  admin('POST', '/requests/find', { status: 201, since: '2026-01-14T09:30:00Z' }),
  admin('GET', `/requests?status=null&managingEntityIdentifier=${entity}`),
  admin('POST', '/requests/wait', { operation: 'create-webhook', count: 1, timeoutMs: 5 }),
  admin('PUT', '/clock', { mode: 'offset', offsetMs: -3600000 }),
  admin('PUT', '/clock', { mode: 'frozen', instant: '2026-01-14T09:30:00Z' }),
  admin('PUT', '/state', {
    managingEntities: [{ identifier: entity, name: 'Siam' }],
    tokens: [{ token: 'test', scopes: ['account.read'], expiresAt: '2026-01-14T09:30:00Z' }],
    clients: [{ id: 'my-client', secret: 'my-secret', tokenLifetimeSeconds: 5 }],
  }),
  admin('GET', '/state'),
  admin('POST', '/tenants', { name: 'Siam' }),
  resetBytes('/__admin/reset?only=webhooks,faults'),
]
const chunkedHead = valid[8]

/** Bytes that often break parsers. */
const tokens = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\x7f',
  '\t',
  ' ',
  '%00',
  '%ff',
  '%',
  '"',
  '\\u0000',
  '\\ud800',
  '\xff\xfe',
  '\xef\xbb\xbf',
  '\xed\xa0\x80',
  '__proto__',
  'constructor',
  '1e999',
  '-0',
  '99999999999999999999',
  '[[[[[[[[[[[[[[[[',
  '{"a":'.repeat(200),
  'x'.repeat(17_000),
  'null',
  '../',
  ';',
  ',',
  ':',
  '\r\n\r\n',
  '0\r\n\r\n',
  'content-length: 5\r\n',
  'transfer-encoding: chunked\r\n',
  'connection: close\r\n',
  'upgrade: h2c\r\nconnection: upgrade\r\n',
  'expect: 100-continue\r\n',
  'host: \r\n',
].map((text) => Buffer.from(text, 'latin1'))

const targetParts = [
  ...[
    '/',
    '//',
    '?',
    '#',
    '%',
    '%2f',
    '%00',
    '%ff',
    '%zz',
    '..',
    ';a=b',
    '?a=1&a=2',
    '?__proto__=1',
  ],
  ...['\xe9', '"', '\\', '{', 'x'.repeat(5_000), '*', ':', '@', '[', '/list', '/../', '?status=x'],
]
const values = [
  ...['null', 'true', '0', '-1', '1e400', '-0.5', '""', '" "', '[]', '[[]]', '{}', '[null]'],
  ...['{"__proto__":{"a":1}}', '"\\ud800"', '"\\u0000"', '"\xff"', `"${'x'.repeat(20_000)}"`],
  ...['"https://[::1"', '"https://xn--a/"', '"https://a:99999/"', '"+275760-09-13T00:00:00Z"'],
  ...['9007199254740993', '"0000-01-01T00:00:00Z"', '"2026-02-30T25:61:61Z"', '[1,"a",[],{}]'],
]

/** Replaces bytes. */
const replaced = (bytes, from, to, by) =>
  Buffer.concat([bytes.subarray(0, from), by, bytes.subarray(to)])

const span = (random, { length }, most) => {
  const from = random.below(length + 1)
  return [from, Math.min(length, from + 1 + random.below(most))]
}

/** The index of the end of the head, or of the whole without one. */
function headEnd(bytes) {
  const end = bytes.indexOf('\r\n\r\n')
  return end < 0 ? bytes.length : end + 2
}

const mutations = {
  flip(bytes, random) {
    const copy = Buffer.from(bytes)
    if (copy.length > 0) copy[random.below(copy.length)] ^= 1 << random.below(8)
    return copy
  },
  insert(bytes, random) {
    const at = random.below(bytes.length + 1)
    return replaced(bytes, at, at, random.bytes(1 + random.below(4)))
  },
  token(bytes, random) {
    const [from, to] = span(random, bytes, 4)
    return replaced(bytes, from, random.chance(0.5) ? from : to, random.pick(tokens))
  },
  remove: (bytes, random) => replaced(bytes, ...span(random, bytes, 16), Buffer.alloc(0)),
  duplicate(bytes, random) {
    const [from, to] = span(random, bytes, 64)
    return replaced(bytes, to, to, bytes.subarray(from, to))
  },
  splice(bytes, random) {
    const other = random.pick(valid)
    return replaced(bytes, ...span(random, bytes, 32), other.subarray(...span(random, other, 64)))
  },
  truncate: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  pipeline: (bytes, random) => Buffer.concat([bytes, random.pick(valid)]),
  /** Repeats a header field, or adds one of another request. */
  repeatHeader(bytes, random) {
    const lines = random.chance(0.5) ? bytes : random.pick(valid)
    const fields = lines.subarray(0, headEnd(lines)).toString('latin1').split('\r\n').slice(1, -1)
    if (fields.length === 0) return bytes
    const field = Buffer.from(`${random.pick(fields)}\r\n`, 'latin1')
    const at = bytes.indexOf('\r\n') + 2
    return replaced(bytes, at, at, field)
  },
  /** Inserts odd bytes into the target. */
  target(bytes, random) {
    const from = bytes.indexOf(' ') + 1
    const to = bytes.indexOf(' HTTP')
    if (to < from) return bytes
    const at = random.chance(0.3) ? to : from + random.below(to - from)
    return replaced(bytes, at, at, Buffer.from(random.pick(targetParts), 'latin1'))
  },
  /** Replaces a value in the body. */
  value(bytes, random) {
    const end = headEnd(bytes)
    const body = bytes.subarray(end).toString('latin1')
    const found = [...body.matchAll(/(?<=":)("[^"]*"|[\w.-]+|\[[^\]]*\])/g)]
    if (found.length === 0) return bytes
    const { index, 0: old } = random.pick(found)
    const value = Buffer.from(random.pick(values), 'latin1')
    return replaced(bytes, end + index, end + index + old.length, value)
  },
  /** Sends a create in chunks, perhaps with wrong framing. */
  chunks(_bytes, random) {
    const parts = [chunkedHead]
    for (let from = 0; from < chunk.length;) {
      const part = chunk.slice(from, from + 1 + random.below(100))
      const size = part.length + (random.chance(0.05) ? random.below(5) - 2 : 0)
      const extension = random.chance(0.1) ? ';a="b"' : ''
      const end = random.chance(0.03) ? '\n' : '\r\n'
      parts.push(Buffer.from(`${size.toString(16)}${extension}\r\n${part}${end}`))
      from += part.length
    }
    const trailer = random.chance(0.1) ? 'x-trailer: 1\r\n' : ''
    return Buffer.concat([...parts, Buffer.from(`0\r\n${trailer}\r\n`)])
  },
  /** Corrects Content-Length, so that a mutated body reaches the JSON parser. */
  mendLength(bytes) {
    const end = headEnd(bytes)
    const head = bytes.subarray(0, end).toString('latin1')
    const length = Math.max(0, bytes.length - end - 2)
    const mended = head.replace(/content-length: \d+/, `content-length: ${length}`)
    return replaced(bytes, 0, end, Buffer.from(mended, 'latin1'))
  },
}
const names = Object.keys(mutations)

/** A valid request after one to four mutations, with their names. */
export function mutated(random) {
  const seed = random.below(valid.length)
  const steps = Array.from({ length: 1 + random.below(random.pick([1, 2, 4])) }, () =>
    random.pick(names),
  )
  if (random.chance(0.7)) steps.push('mendLength')
  const bytes = steps.reduce((result, step) => mutations[step](result, random), valid[seed])
  return { bytes, from: `request ${seed}: ${steps.join(', ')}` }
}
