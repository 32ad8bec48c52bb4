import t from 'tap'
import type { FaultRule, JournaledRequest, Sandbox } from '../../../src/index.ts'
import { entity, validBody, webhookData, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { basic } from '../../fixtures/tokens.ts'
import { exchange, listening, requestText } from '../../fixtures/wire.ts'

const path = webhooksOf(entity)
const create = `POST ${path} HTTP/1.1`
const form = { authorization: basic(), 'content-type': 'application/x-www-form-urlencoded' }
/** Header fields that Node.js adds, or that belong to the connection. */
const addedBelow = ['connection', 'date', 'keep-alive', 'transfer-encoding']

/** Sends bytes; gives the answer as it came, and the entry of the only request. */
async function answered(t: Parameters<typeof listening>[0], server: Sandbox, bytes: string) {
  const { head, body, status } = await exchange(t, server, bytes)
  const fields = [...head.matchAll(/^([\w-]+): (.*?)\r?$/gm)]
    .map(([, name = '', value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !addedBelow.includes(name))
  const headers = Object.fromEntries(fields)
  await server.requests.wait()
  const [entry, ...others] = server.requests.find() as [JournaledRequest]
  t.equal(others.length, 0)
  return { sent: { status, headers, body }, entry }
}

const get = (target: string): string => requestText(`GET ${target} HTTP/1.1`, {}, '')

const answers: { name: string; bytes: string; status: number; fault?: FaultRule }[] = [
  { name: 'a result', bytes: requestText(), status: 201 },
  { name: 'a list', bytes: get(`${path}/list`), status: 200 },
  { name: 'a problem', bytes: requestText(create, {}, '{}'), status: 400 },
  { name: 'a challenge', bytes: requestText(create, { authorization: 'none' }), status: 401 },
  { name: 'an unknown path', bytes: get('/api/nothing'), status: 404 },
  { name: 'the methods of a path', bytes: requestText(`PUT ${path} HTTP/1.1`), status: 405 },
  { name: 'public keys', bytes: get('/oauth2/jwks'), status: 200 },
  {
    name: 'a refused token request',
    bytes: requestText('POST /oauth2/token HTTP/1.1', form, 'grant_type=password'),
    status: 400,
  },
  {
    name: 'an answer without a body',
    bytes: requestText('POST /oauth2/revoke HTTP/1.1', form, 'token=x'),
    status: 200,
  },
  { name: 'Prefer', bytes: requestText(create, { prefer: 'code=503' }), status: 503 },
  {
    name: 'a fault in HTML',
    fault: { effect: { status: 502, body: 'gateway-html' } },
    bytes: requestText(),
    status: 502,
  },
  {
    name: 'a fault without a body',
    fault: { effect: { status: 503, body: 'empty', retryAfterSeconds: 7 } },
    bytes: requestText(),
    status: 503,
  },
  {
    name: 'a fault after the commit',
    fault: { effect: { status: 504 }, when: 'after-commit' },
    bytes: requestText(),
    status: 504,
  },
  {
    name: 'half an answer',
    fault: { effect: { connection: 'truncated-body' }, when: 'after-commit' },
    bytes: requestText(),
    status: 201,
  },
  { name: 'a path that cannot be decoded', bytes: get('/api/%zz'), status: 400 },
  { name: 'what is not HTTP', bytes: 'NONSENSE\r\n\r\n', status: 400 },
  { name: 'a head that is too long', bytes: get(`/api?${'x'.repeat(17_000)}`), status: 431 },
  {
    name: 'a body that breaks',
    bytes: requestText(create, { 'transfer-encoding': 'chunked' }, 'zz\r\n').replace(
      /content-length: .*\r\n/,
      '',
    ),
    status: 400,
  },
]

for (const { name, bytes, status, fault } of answers) {
  t.test(`the journal has the answer as the client got it: ${name}`, async (t) => {
    const server = await listening(t)
    if (fault) server.faults.arm(fault)
    const { sent, entry } = await answered(t, server, bytes)
    t.equal(entry.status, status)
    t.strictSame(entry.response, {
      status,
      headers: sent.headers,
      body: sent.body === '' ? null : sent.body,
      bodyBytes: Buffer.byteLength(sent.body),
    })
  })
}

t.test('the answer to HEAD has no body, and the length of the one of GET', async (t) => {
  const server = await listening(t)
  const head = get('/oauth2/jwks').replace('GET', 'HEAD')
  const { sent, entry } = await answered(t, server, head)
  t.strictSame(entry.response, { status: 200, headers: sent.headers, body: null, bodyBytes: 0 })
  t.match(sent.headers, { 'content-length': /^\d{3,}$/ })
})

t.test('the answer to HEAD that has no length has none in the journal', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: { status: 503, body: 'empty' } })
  const { sent, entry } = await answered(t, server, get('/oauth2/jwks').replace('GET', 'HEAD'))
  t.strictSame(entry.response, { status: 503, headers: sent.headers, body: null, bodyBytes: 0 })
  t.equal(sent.headers['content-length'], undefined)
})

t.test('a request that got no answer has none in the journal', async (t) => {
  const server = await listening(t)
  for (const connection of ['connection-reset', 'empty-response'] as const) {
    server.faults.arm({ effect: { connection } })
    await t.rejects(fetch(server.url + path, { method: 'POST' }))
    t.match(server.requests.find(), [{ status: null, response: null }])
    server.requests.clear()
  }
})

t.test('of a long answer the journal has the first 16 KiB and the length', async (t) => {
  const kept = 16 * 1024
  for (const [name, count] of [
    ['of one piece', 40],
    ['in pieces', 400],
  ] as const) {
    const webhooks = Array.from({ length: count }, (_, index) => ({
      ...webhookData,
      id: `7f3c1d9a-52be-4c07-9a61-${String(index).padStart(12, '0')}`,
      name: 'ü'.repeat(200),
    }))
    const server = await listening(t, { data: { webhooks } })
    const response = await fetch(`${server.url}${path}/list`, {
      headers: { authorization: 'Bearer x' },
    })
    const body = await response.text()
    const [entry] = server.requests.find()
    t.match(entry?.response, {
      body: Buffer.from(body).subarray(0, kept).toString(),
      bodyBytes: Buffer.byteLength(body),
    })
    const length = response.headers.get('content-length') ?? undefined
    t.equal(entry?.response?.headers['content-length'], length, name)
  }
})

t.test('secrets in answers are masked', async (t) => {
  const { app } = sandbox(t)
  const tokens = await app.inject({
    method: 'POST',
    url: '/oauth2/token',
    headers: form,
    payload: 'grant_type=client_credentials',
  })
  const { access_token: token } = tokens.json<{ access_token: string }>()
  const eventUrl = 'https://me:s3cr3t@a.example/?token=s3cr3t'
  await app.inject({
    method: 'POST',
    url: path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    payload: JSON.stringify({ ...validBody, eventUrl }),
  })
  const requests = app.control.requests.find()
  t.match(requests[0]?.response?.body, /"access_token":"\[masked\]","token_type":"Bearer"/)
  t.match(requests[1]?.response?.body, 'https://me:[masked]@a.example/?token=[masked]')
  t.notMatch(JSON.stringify(requests), 's3cr3t')
  t.notOk(JSON.stringify(requests).includes(token))
})

t.test('answers take room in the journal', async (t) => {
  const { app } = sandbox(t, { maxJournalBytes: 40_000 })
  const detail = 'x'.repeat(12_000)
  app.control.faults.arm({ times: null, effect: { status: 503, detail } })
  for (let count = 0; count < 5; count += 1) await app.inject(path)
  const held = app.control.requests.count()
  t.ok(held >= 1 && held <= 3, `${held} of 5`)
})
