import t from 'tap'
import type { AppOptions, Sandbox } from '../../../src/index.ts'
import { rules } from '../../../src/base/problems/rules.ts'
import type { RuleName } from '../../../src/base/problems/types.ts'
import {
  entity,
  otherEntity,
  validBody,
  webhookData as webhook,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { fastifyOf, sandbox } from '../../fixtures/sandbox.ts'
import { dial, exchange, listening, received, requestText } from '../../fixtures/wire.ts'

const create = `POST ${webhooksOf(entity)} HTTP/1.1`
const update = `PATCH ${webhooksOf(entity)}/${webhook.id} HTTP/1.1`
const data = {
  managingEntities: [{ identifier: entity, name: 'The Siam Residences, Bangkok' }],
  tokens: [
    { token: 'manager', managingEntities: [entity] },
    { token: 'manager-of-none', managingEntities: [] },
    { token: 'reader', scopes: ['account.read' as const] },
    { token: 'late', expiresAt: '2020-01-01T00:00:00Z' },
  ],
}
const send = (line = create, headers: Record<string, string> = {}, body?: unknown): string =>
  requestText(
    line,
    { authorization: 'Bearer manager', ...headers },
    ...(body === undefined ? [] : [typeof body === 'string' ? body : JSON.stringify(body)]),
  )
const chunked = (text: string): string =>
  send(create, {}, '').replace('content-length: 0', 'transfer-encoding: chunked') + text

const token = (form: string, contentType = 'application/x-www-form-urlencoded'): string =>
  requestText('POST /oauth2/token HTTP/1.1', { 'content-type': contentType }, form).replace(
    /authorization: .*\r\n/,
    '',
  )

/** How each rule is broken, in every way that has code of its own. */
const broken: Record<RuleName, string[]> = {
  'http-message': [
    'NONSENSE\r\n\r\n',
    'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n',
    send().replace(/host: .*\r\n/, ''),
    chunked('zz\r\n'),
  ],
  'transfer-coding': [
    chunked('0\r\n\r\n').replace('coding: ', 'coding: gzip, '),
    chunked('0\r\n\r\n').replace(': chunked', ': chunked, chunked'),
    chunked('').replace(': chunked', ': identity'),
  ],
  'request-size': [send(create, { 'x-long': 'x'.repeat(17_000) })],
  'request-time': [send().slice(0, -5)],
  'request-target': [send('GET /api/%zz HTTP/1.1', {}, ''), send('POST /oauth2/%ff HTTP/1.1')],
  running: [send()],
  'access-token': [
    send().replace(/authorization: .*\r\n/, ''),
    send(create, { authorization: 'Basic x' }),
    send(create, { authorization: 'Bearer a b' }),
    send(create, { authorization: 'Bearer nobody' }),
    send(create, { authorization: 'Bearer late' }),
    send(create, { Authorization: 'Bearer manager' }),
  ],
  path: [send('POST /api/nothing HTTP/1.1'), send('POST /oauth2/nothing HTTP/1.1')],
  method: [send(create.replace('POST', 'PUT')), send(create.replace('POST', 'HEAD'), {}, '')],
  scope: [send(create, { authorization: 'Bearer reader' })],
  'media-type': [send(create, { 'content-type': 'text/plain' })],
  'wink-version': [send(create, { 'wink-version': '1' })],
  'body-size': [
    send(create, {}, 'x'.repeat(1024 * 1024 + 1)),
    chunked(`1;${'x'.repeat(17_000)}\r\n`),
    chunked(`100001\r\n${'x'.repeat(1024 * 1024 + 1)}\r\n0\r\n\r\n`),
  ],
  'body-json': [send(create, {}, '{'), send(create, {}, '')],
  'body-schema': [send(create, {}, {}), send(create, {}, 'null')],
  'managing-entity-exists': [send(create.replace(entity, otherEntity))],
  'managing-entity-managed': [send(create, { authorization: 'Bearer manager-of-none' })],
  'same-entity': [
    send(create, {}, { ...validBody, entity: { identifier: otherEntity, name: 'x' } }),
  ],
  capacity: [send()],
  'token-request': [
    token('grant_type=a&grant_type=b'),
    token('grant_type=client_credentials', 'text/plain'),
  ],
  client: [token('grant_type=client_credentials')],
  'grant-type': [token('grant_type=password&client_id=a&client_secret=b')],
  'token-scope': [token('grant_type=client_credentials&client_id=a&client_secret=b&scope=x')],
  'webhook-exists': [send(update.replace(webhook.id, entity))],
  'if-match': [send(update, { 'if-match': 'one' })],
  'current-version': [send(update, { 'if-match': '2' })],
  'last-version': [send(update)],
}

/** The options that a sandbox needs for a rule to be broken. */
const options: Partial<Record<RuleName, AppOptions>> = {
  'if-match': { data: { ...data, webhooks: [webhook] } },
  'current-version': { data: { ...data, webhooks: [webhook] } },
  'last-version': {
    data: { ...data, webhooks: [{ ...webhook, version: Number.MAX_SAFE_INTEGER - 1 }] },
  },
  capacity: { maxWebhooks: 0 },
  'request-time': { requestTimeoutMs: 50 },
}

/** Sends a request behind the beginning of the end. */
async function whileClosing(t: Parameters<typeof dial>[0], server: Sandbox, bytes: string) {
  const socket = await dial(t, server)
  const taken = new Promise((resolve) => fastifyOf(server.app).server.once('request', resolve))
  const busy = await dial(t, server)
  socket.write(bytes.slice(0, 4))
  busy.write(send().slice(0, -5))
  await taken
  const closed = server.close()
  socket.write(bytes.slice(4))
  await received(socket)
  busy.destroy()
  await closed
}

for (const [rule, requests] of Object.entries(broken)) {
  for (const [index, bytes] of requests.entries()) {
    t.test(`the diagnosis names the rule that was broken: ${rule}, ${index + 1}`, async (t) => {
      const server = await listening(t, { data, ...options[rule as RuleName] })
      if (rule === 'running') await whileClosing(t, server, bytes)
      else await exchange(t, server, bytes)
      const { requirement, section, source } = rules[rule as RuleName]
      t.match(server.requests.find()[0]?.diagnosis.refusedBy, {
        rule,
        requirement,
        documentedIn: `docs/fidelity.md ${section}`,
        source,
        detail: /^\S.*\.$/,
      })
    })
  }
}

t.test('the detail and the violations are those of the answer', async (t) => {
  const { app, create: inject } = sandbox(t)
  const problem = (await inject({ payload: '{}' })).json<{ detail: string; properties: object }>()
  const refusedBy = app.control.requests.find()[0]?.diagnosis.refusedBy
  t.equal(refusedBy?.detail, problem.detail)
  t.same({ errors: refusedBy?.violations }, problem.properties)
  await inject({ headers: { authorization: 'none' } })
  t.notOk(app.control.requests.find()[1]?.diagnosis.refusedBy?.violations)
})

t.test('a fault and a success break no rule', async (t) => {
  const { app, create: inject } = sandbox(t)
  await inject()
  await inject({ headers: { prefer: 'code=401' } })
  for (const { diagnosis } of app.control.requests.find()) t.equal(diagnosis.refusedBy, null)
})

t.test('a failure of the sandbox itself breaks no rule of the contract', async (t) => {
  const { app, create: inject } = sandbox(t, {
    ids: () => {
      throw new Error('worn out')
    },
  })
  await inject()
  t.match(app.control.requests.find(), [{ status: 500, diagnosis: { refusedBy: null } }])
})
