import {
  bodyFor,
  createBytes,
  entity,
  requestBytes,
  resetBytes,
  tokenBytes,
  webhooksOf,
} from './requests.js'

/** Faults are armed for this managing entity only; requests for others must be answered. */
const faulted = '0c7e4a52-61d3-4f0e-9b1d-2f6f3c8a9e10'

const admin = (method, path, body) => requestBytes(method, `/__admin${path}`, { body })
const memberOf = ({ body }, name) => JSON.parse(body.toString())[name]
const maxKnown = 20
function remember(list, value) {
  list.push(value)
  if (list.length > maxKnown) list.shift()
}
const learnId = (answer, { ids }) => {
  if (answer.status === 201) remember(ids, memberOf(answer, 'id'))
}

const delay = { minMs: 0, maxMs: 40 }
const effects = [
  ...['connection-reset', 'empty-response', 'truncated-body', 'no-response'].map((connection) => ({
    connection,
    ...delay,
  })),
  { connection: 'truncated-body' },
  { delayMs: 20 },
  delay,
  { status: 503, retryAfterSeconds: 1 },
  { status: 401, body: 'spring-security' },
  { status: 500, body: 'boot-error', ...delay },
  { status: 502, body: 'gateway-html' },
  { status: 504, body: 'empty' },
  { status: 429, detail: 'Slow down.' },
]
const scripted = [200, 201, 400, 401, 404, 429, 500, 502, 503, 504]

const invalidBodies = [
  'null',
  '[]',
  '',
  '{',
  '{}',
  '"x"',
  JSON.stringify(bodyFor(entity, { enabled: 'yes' })),
  JSON.stringify(bodyFor(entity, { eventUrl: 'http://x' })),
  JSON.stringify(bodyFor(faulted)),
]
const preferred = [400, 401, 403, 404, 405, 409, 415, 500, 503]

const wait = { operation: 'create-webhook', count: 1, timeoutMs: 20 }
const journalQueries = [
  admin('GET', '/requests/count?status=201'),
  admin('GET', `/requests?managingEntityIdentifier=${faulted}&status=null`),
  admin('POST', '/requests/find', { operation: 'update-webhook', status: 409 }),
]
const clocks = [
  { mode: 'offset', offsetMs: -86_400_000 },
  { mode: 'offset', offsetMs: 86_400_000 },
  { mode: 'frozen' },
  { mode: 'system' },
]

/** Requests, with their relative frequency and expected answers. */
const kinds = {
  create: [20, () => ({ bytes: createBytes(), expected: [201, 503], learn: learnId })],
  list: [1, () => ({ bytes: requestBytes('GET', `${webhooksOf()}/event/list`), expected: [200] })],
  head: [
    2,
    () => ({
      bytes: requestBytes('HEAD', `${webhooksOf()}/event/list`),
      methods: ['HEAD'],
      expected: [200],
    }),
  ],
  show: [
    6,
    ({ id }) => ({ bytes: requestBytes('GET', `${webhooksOf()}/${id}`), expected: [200, 404] }),
  ],
  update: [
    5,
    ({ id, random }) => ({
      bytes: requestBytes('PATCH', `${webhooksOf()}/${id}`, {
        headers: { 'if-match': random.pick(['*', '"1"', 'W/"2"']) },
        body: bodyFor(),
      }),
      expected: [200, 404, 409],
    }),
  ],
  delete: [
    5,
    ({ id }) => ({ bytes: requestBytes('DELETE', `${webhooksOf()}/${id}`), expected: [200, 404] }),
  ],
  invalid: [
    5,
    ({ random }) => ({
      bytes: createBytes(entity, { body: random.pick(invalidBodies) }),
      expected: [400],
    }),
  ],
  'wrong media type': [
    1,
    () => ({
      bytes: createBytes(entity, { headers: { 'content-type': 'text/plain' } }),
      expected: [415],
    }),
  ],
  'no token': [
    1,
    () => ({
      bytes: createBytes(entity, { headers: { authorization: undefined } }),
      expected: [401],
    }),
  ],
  'wrong verb': [1, () => ({ bytes: requestBytes('PUT', webhooksOf()), expected: [405] })],
  prefer: [
    3,
    ({ random }) => {
      const code = random.pick(preferred)
      const headers = { prefer: `code=${code}` }
      return { bytes: createBytes(entity, { headers }), expected: [code] }
    },
  ],
  token: [
    1,
    () => ({
      bytes: tokenBytes(),
      expected: [200],
      learn: (answer, state) => (state.token = memberOf(answer, 'access_token')),
    }),
  ],
  'bad token request': [1, () => ({ bytes: tokenBytes('&grant_type=password'), expected: [400] })],
  'issued token': [
    2,
    ({ token }) => ({
      bytes: createBytes(entity, { headers: { authorization: `Bearer ${token ?? 'none'}` } }),
      expected: [201, 401],
    }),
  ],
  fault: [
    4,
    ({ random }) => ({
      bytes: admin('POST', '/faults', {
        match: { managingEntityIdentifier: faulted },
        times: 1 + random.below(20),
        probability: random.pick([1, 0.5]),
        when: random.pick(['before', 'after-commit']),
        effect: random.pick(effects),
      }),
      expected: [201, 409],
    }),
  ],
  faults: [1, () => ({ bytes: admin('GET', '/faults'), expected: [200] })],
  faulted: [
    25,
    () => ({
      bytes: createBytes(faulted),
      expected: scripted,
      mayBreak: true,
    }),
  ],
  journal: [1, ({ random }) => ({ bytes: random.pick(journalQueries), expected: [200] })],
  wait: [1, () => ({ bytes: admin('POST', '/requests/wait', wait), expected: [200, 408] })],
  clock: [
    1,
    ({ random }) => ({ bytes: admin('PUT', '/clock', random.pick(clocks)), expected: [200] }),
  ],
  tenant: [1, () => ({ bytes: admin('POST', '/tenants'), expected: [201] })],
  reset: [
    0.3,
    ({ random }) => ({
      bytes: resetBytes(random.pick(['/__admin/reset', '/__admin/reset?only=webhooks,requests'])),
      expected: [204],
    }),
  ],
  export: [0.2, () => ({ bytes: admin('GET', '/state'), expected: [200], learn: learnState })],
  import: [
    0.2,
    ({ exported }) => ({
      bytes: admin('PUT', '/state', exported ?? { webhooks: [] }),
      expected: [204],
    }),
  ],
}

/** Keeps a state only if it is small: large documents are not part of this load. */
function learnState({ body }, state) {
  if (body.length < 100_000) state.exported = JSON.parse(body.toString())
}

const ordered = Object.entries(kinds)
const total = ordered.reduce((sum, [, [weight]]) => sum + weight, 0)

/** A request for a webhook that the client has created. */
export function usual(state) {
  const { random } = state
  let at = random.below(total * 1000) / 1000
  const [name, [, build]] = ordered.find(([, [weight]]) => (at -= weight) < 0) ?? ordered[0]
  const id = state.ids.length > 0 ? random.pick(state.ids) : '4d1f2a66-9d0e-4c5b-a7b8-0a1b2c3d4e5f'
  return { name, ...build({ ...state, id }) }
}
