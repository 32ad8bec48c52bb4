import { bodyFor, createBytes, entity, requestBytes, secret, webhooksOf } from './requests.js'

const json = { 'content-type': 'application/json' }
const create = (options) => createBytes(entity, options)
const raw = (text) => Buffer.from(text, 'latin1')
const chunkedCreate = (chunks, headers) =>
  Buffer.concat([
    requestBytes('POST', webhooksOf(), {
      headers: { ...json, 'transfer-encoding': 'chunked', ...headers },
    }),
    raw(chunks),
  ])
const text = JSON.stringify(bodyFor())
const good = `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`

/** After these the connection is unusable. */
const last = { isLast: true }
const refused = { expected: [400], ...last }

/** Hostile requests, with the expected answers. */
const cases = {
  'deep nesting': () => ({ bytes: create({ body: '['.repeat(50_000) }), expected: [400] }),
  'deep objects': () => ({ bytes: create({ body: '{"a":'.repeat(5_000) }), expected: [400] }),
  'huge numbers': () => ({
    bytes: create({ body: text.replace('true', `1${'0'.repeat(5_000)}e999999`) }),
    expected: [400],
  }),
  'bad UTF-8': () => ({ bytes: create({ body: raw(`${text}\xff\xfe`) }), expected: [400] }),
  'a lone surrogate': () => ({
    bytes: create({ body: text.replace('Booking', '\\ud800') }),
    expected: [400],
  }),
  __proto__: () => ({
    bytes: create({ body: `{"__proto__":{},${text.slice(1)}` }),
    expected: [201],
  }),
  'many members': (random) => ({
    bytes: create({ body: { entity: Array.from({ length: 500 }, () => random.below(9)) } }),
    expected: [400],
  }),
  'more than 1 MiB': () => ({
    bytes: create({ body: Buffer.alloc(1024 * 1024 + 1, 0x20) }),
    expected: [413],
    ...last,
  }),
  'a body longer than announced': () => ({
    bytes: Buffer.concat([create(), raw('}}}}')]),
    answers: 2,
    expected: [201, 400],
    ...last,
  }),
  'a body shorter than announced': () => ({
    bytes: create().subarray(0, -5),
    halfClose: true,
    mayBreak: true,
    ...refused,
  }),
  'nothing behind the head': () => ({
    bytes: create().subarray(0, 80),
    halfClose: true,
    mayBreak: true,
    ...refused,
  }),
  CONNECT: () => ({ bytes: requestBytes('CONNECT', 'x:1'), ...refused }),
  'absolute-form': () => ({
    bytes: requestBytes('POST', `http://x${webhooksOf()}`, { body: bodyFor() }),
    expected: [201],
  }),
  'no HTTP': () => ({ bytes: raw('NONSENSE\r\n\r\n'), ...refused }),
  'a TLS hello': (random) => ({
    bytes: Buffer.concat([raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'), random.bytes(506)]),
    ...refused,
  }),
  'a method in lower case': () => ({ bytes: requestBytes('patch', webhooksOf()), ...refused }),
  noise: (random) => ({ bytes: Buffer.concat([raw('\0'), random.bytes(200)]), ...refused }),
  'an unknown method': () => ({ bytes: requestBytes('WINK', webhooksOf()), ...refused }),
  'a target that cannot be decoded': () => ({
    bytes: requestBytes('GET', '/api/%ff%'),
    expected: [400],
  }),
  'no Host': () => ({ bytes: create({ headers: { host: undefined } }), expected: [400] }),
  'a long field': () => ({
    bytes: create({ headers: { 'x-long': 'x'.repeat(17_000) } }),
    expected: [431],
    ...last,
  }),
  'both framings': () => ({
    bytes: create({ headers: { 'transfer-encoding': 'chunked' } }),
    ...refused,
  }),
  'a bad chunk': () => ({ bytes: chunkedCreate('zz\r\n'), ...refused }),
  'good chunks': () => ({ bytes: chunkedCreate(good), expected: [201] }),
  'chunks of one byte': () => ({
    bytes: chunkedCreate(`${text.replace(/./gs, '1\r\n$&\r\n')}0\r\n\r\n`),
    expected: [201],
  }),
  'a refused body that breaks off': () => ({
    bytes: chunkedCreate('1\r\nx\r\n'.repeat(3_000), { authorization: undefined }),
    expected: [401],
    ...last,
  }),
  'another transfer coding': () => ({
    bytes: chunkedCreate(good, { 'transfer-encoding': 'gzip, chunked' }),
    expected: [501],
    ...last,
  }),
  'many slashes': () => ({
    bytes: requestBytes('GET', `/api/${'/'.repeat(15_000)}x`),
    expected: [404],
  }),
  'pwd in a path': () => ({
    bytes: requestBytes('GET', `/api/${'pwd'.repeat(5_000)}`),
    expected: [404],
  }),
  'pwd in a field': () => ({
    bytes: create({ headers: { 'x-note': 'pwd'.repeat(5_000) } }),
    expected: [201],
  }),
  'a secret in a path': () => ({
    bytes: requestBytes('POST', `/oauth2/token&client_secret=${secret}`, { body: {} }),
    expected: [404],
  }),
  'two tokens': () => ({
    bytes: create({ headers: { Authorization: 'Bearer other' } }),
    expected: [401],
  }),
  pipelining: (random) => {
    const answers = 2 + random.below(10)
    return {
      bytes: Buffer.concat(Array.from({ length: answers }, () => create())),
      answers,
      expected: [201],
    }
  },
  'a client that goes away': (random) => ({
    bytes: Buffer.concat([create(), create()]),
    answers: random.below(2),
    expected: [201],
    ...last,
  }),
}
const names = Object.keys(cases)

export function hostile(random) {
  const name = random.pick(names)
  return { name, ...cases[name](random) }
}
