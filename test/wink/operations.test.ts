import t from 'tap'
import { createRequest, entity, otherEntity, seeded, webhookRequest } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const managingEntities = [{ identifier: entity, name: 'The Siam Residences, Bangkok' }]
const tokens = [
  { token: 'manager' },
  { token: 'manager-of-none', managingEntities: [] },
  ...(['account.read', 'account.write', 'account.remove'] as const).map((scope) => ({
    token: `all-but-${scope}`,
    scopes: (['account.read', 'account.write', 'account.remove'] as const).filter(
      (other) => other !== scope,
    ),
  })),
]
const data = { managingEntities, tokens, webhooks: [seeded] }

const read = { scope: 'account.read', allow: 'GET, HEAD', hasBody: false, status: 200 }
const one = { allow: 'GET, HEAD, PATCH, DELETE' }
const { id } = seeded

/** The operations of CONTRACT §6. */
const operations = [
  {
    operation: 'create-webhook',
    request: createRequest(),
    scope: 'account.write',
    allow: 'POST',
    hasBody: true,
    status: 201,
  },
  { ...read, operation: 'show-webhooks', request: webhookRequest('GET', 'list') },
  { ...read, ...one, operation: 'load-webhook', request: webhookRequest('GET', id) },
  { ...read, operation: 'show-webhook-events', request: webhookRequest('GET', 'event/list') },
  {
    ...one,
    operation: 'update-webhook',
    request: webhookRequest('PATCH', id),
    scope: 'account.write',
    hasBody: true,
    status: 200,
  },
  {
    ...one,
    operation: 'delete-webhook',
    request: webhookRequest('DELETE', id),
    scope: 'account.remove',
    hasBody: false,
    status: 200,
  },
]

for (const { operation, request, scope, allow, hasBody, status } of operations) {
  const path = request.url
  /** One broken check a row, in the order of CONTRACT §1. */
  const checks = [
    { name: 'no bearer token', headers: { authorization: 'Basic x' }, status: 401 },
    { name: 'a trailing slash', url: `${path}/`, status: 404, says: /no such path/ },
    {
      name: 'a doubled slash',
      url: path.replace('/webhook', '/webhook/'),
      status: 404,
      says: /no such path/,
    },
    { name: 'an empty entity', url: path.replace(entity, ''), status: 404, says: /no such path/ },
    { name: 'another verb', method: 'PUT' as const, status: 405, header: { allow } },
    {
      name: 'a token without the scope',
      headers: { authorization: `Bearer all-but-${scope}` },
      status: 403,
      header: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
    },
    {
      name: 'another media type',
      headers: { 'content-type': 'text/plain' },
      status: hasBody ? 415 : status,
    },
    {
      name: 'another Wink-Version',
      headers: { 'wink-version': '1.0' },
      status: 400,
      says: /Wink-Version/,
    },
    {
      name: 'an unknown entity',
      url: path.replace(entity, otherEntity),
      status: 404,
      says: /no such managing entity/,
    },
    {
      name: 'an entity of others',
      headers: { authorization: 'Bearer manager-of-none' },
      status: 403,
      says: /may not manage/,
    },
    { name: 'nothing', status },
  ]

  t.test(`${operation} (CONTRACT §1, §6)`, async (t) => {
    for (const { name, headers, says, header = {}, status: expected, ...change } of checks) {
      await t.test(`${name}: ${expected}`, async (t) => {
        const { app } = sandbox(t, { data })
        const response = await app.inject({
          ...request,
          ...change,
          headers: { ...request.headers, authorization: 'Bearer manager', ...headers },
        })
        t.equal(response.statusCode, expected)
        t.match(response.headers, header)
        if (expected === status) return
        t.match(problemOf(t, response).detail, says ?? /./)
        t.strictSame(app.control.webhooks.list(), [seeded], 'nothing has changed')
      })
    }
  })

  t.test(`${operation} is known to faults and to the journal`, async (t) => {
    const { app } = sandbox(t, { data: { webhooks: [seeded] } })
    app.control.faults.arm({ match: { operation: operation as never }, effect: { status: 503 } })
    t.equal((await app.inject(request)).statusCode, 503)
    t.equal((await app.inject(request)).statusCode, status)
    t.equal(app.control.requests.count({ operation: operation as never }), 2)
  })
}

t.test('a path that cannot be decoded is 400, and journaled, with no body too', async (t) => {
  const { app } = sandbox(t)
  const response = await app.inject(webhookRequest('GET', '%'))
  t.equal(response.statusCode, 400)
  t.match(app.control.requests.find(), [{ body: null, bodyBytes: 0, createdWebhookId: null }])
})
