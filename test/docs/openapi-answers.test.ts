import type { InjectOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import t from 'tap'
import { flawsOf, operationFor, operationsOf } from '../fixtures/openapi-validator.ts'
import { createRequest, entity, seeded, validBody, webhooksOf } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'

t.test('what is answered is what the document says, and nothing else', async (t) => {
  const { app } = sandbox(t, {
    data: { webhooks: [seeded], managingEntities: [{ identifier: entity, name: 'Siam' }] },
  })
  const path = webhooksOf(entity)
  const json = { 'content-type': 'application/json' }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const credentials = 'grant_type=client_credentials&client_id=a&client_secret=b'
  const requests: InjectOptions[] = [
    createRequest(),
    createRequest({ payload: {} }),
    createRequest({ headers: { authorization: 'x' } }),
    createRequest({ payload: ' '.repeat(1024 * 1024 + 1) }),
    ...[400, 401, 403, 404, 405, 409, 415, 500, 503].map((code) =>
      createRequest({ headers: { prefer: `code=${code}` } }),
    ),
    createRequest({ method: 'GET', url: `${path}/list`, payload: '' }),
    createRequest({ method: 'GET', url: `${path}/event/list`, payload: '' }),
    createRequest({ method: 'GET', url: `${path}/${seeded.id}`, payload: '' }),
    createRequest({ method: 'PATCH', url: `${path}/${seeded.id}`, payload: validBody }),
    createRequest({ method: 'DELETE', url: `${path}/${seeded.id}`, payload: '' }),
    createRequest({ method: 'DELETE', url: `${path}/${seeded.id}`, payload: '' }),
    { method: 'POST', url: '/oauth2/token', headers: form, payload: credentials },
    { method: 'POST', url: '/oauth2/token', headers: form, payload: 'grant_type=password' },
    { method: 'POST', url: '/oauth2/revoke', headers: form, payload: `${credentials}&token=x` },
    { method: 'POST', url: '/oauth2/token', headers: { ...form, authorization: 'Basic x' } },
    { method: 'POST', url: '/oauth2/token', headers: { ...form, prefer: 'code=503' } },
    { method: 'POST', url: '/oauth2/revoke', headers: { ...form, prefer: 'code=405' } },
    { url: '/oauth2/jwks' },
    { url: '/oauth2/jwks', headers: { prefer: 'code=500' } },
    { url: '/.well-known/oauth-authorization-server' },
    { url: '/__admin/health' },
    { url: '/__admin/ambiguities' },
    { url: '/__admin/settings' },
    {
      method: 'POST',
      url: '/__admin/faults',
      headers: json,
      payload: { match: { token: 't' }, seed: 1, effect: { status: 503, minMs: 0, maxMs: 1 } },
    },
    { method: 'POST', url: '/__admin/faults', headers: json, payload: { effect: {} } },
    { url: '/__admin/faults' },
    { method: 'DELETE', url: '/__admin/faults' },
    { url: '/__admin/faults/x' },
    { method: 'DELETE', url: '/__admin/faults/x' },
    { url: '/__admin/requests' },
    { url: '/__admin/requests/count' },
    { method: 'POST', url: '/__admin/requests/count' },
    { method: 'POST', url: '/__admin/requests/find' },
    { method: 'POST', url: '/__admin/requests/wait' },
    {
      method: 'POST',
      url: '/__admin/requests/wait',
      headers: json,
      payload: { count: 1_000, timeoutMs: 0 },
    },
    { url: '/__admin/requests/x' },
    { url: '/__admin/requests/x/curl' },
    { method: 'DELETE', url: '/__admin/requests' },
    {
      method: 'POST',
      url: '/__admin/events',
      headers: json,
      payload: { type: 'booking.create', managingEntityIdentifier: entity, waitMs: 60_000 },
    },
    {
      method: 'POST',
      url: '/__admin/events',
      headers: json,
      payload: { type: 'booking.create', managingEntityIdentifier: entity },
    },
    { method: 'POST', url: '/__admin/events', headers: json, payload: {} },
    { url: '/__admin/deliveries' },
    { url: '/__admin/deliveries/x' },
    { method: 'POST', url: '/__admin/deliveries/x/redeliver' },
    { method: 'POST', url: '/__admin/deliveries/wait' },
    {
      method: 'POST',
      url: '/__admin/deliveries/wait',
      headers: json,
      payload: { count: 1_000, timeoutMs: 0 },
    },
    { method: 'DELETE', url: '/__admin/deliveries' },
    { url: '/__admin/stream', headers: { origin: 'http://evil.example' } },
    { url: '/__admin/webhooks' },
    { url: '/__admin/state' },
    { method: 'PUT', url: '/__admin/state', headers: json, payload: {} },
    { method: 'POST', url: '/__admin/tenants' },
    { url: '/__admin/clock' },
    { method: 'PUT', url: '/__admin/clock', headers: json, payload: { mode: 'system' } },
    { method: 'POST', url: '/__admin/clock/advance', headers: json, payload: { ms: 1 } },
    { method: 'POST', url: '/__admin/reset' },
  ]
  const documents = await Promise.all(
    ['/openapi.json', '/__admin/openapi.json'].map(async (url) =>
      (await app.inject(url)).json<OpenAPIV3_1.Document>(),
    ),
  )
  const all = documents.flatMap((document) =>
    operationsOf(document).map(({ operation }) => operation.operationId),
  )
  const seen = new Set<string | undefined>()
  for (const request of requests) {
    const { method = 'GET', url } = request as { method?: string; url: string }
    for (const document of documents) {
      const operation = operationFor(document, method, url)
      if (!operation) continue
      seen.add(operation.operation.operationId)
      const response = await app.inject(request)
      const flaws = flawsOf(document, operation, response)
      t.strictSame(flaws, [], `${method} ${url} ${response.statusCode}`)
    }
  }
  t.strictSame(
    all.filter((operation) => !seen.has(operation)),
    [],
    'no operation is left out',
  )
})

t.test('an answer that is not what the document says is found out', async (t) => {
  const { app, create } = sandbox(t)
  const document = (await app.inject('/openapi.json')).json<OpenAPIV3_1.Document>()
  const path = webhooksOf(entity)
  const list = await create({ method: 'GET', url: `${path}/list`, payload: '' })
  const page = await app.inject('/reference')
  const token = await app.inject({
    method: 'POST',
    url: '/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'grant_type=client_credentials&client_id=a&client_secret=b',
  })
  const cases = [
    { name: 'another status', method: 'POST', url: path, answer: list, flaw: /200 is not doc/ },
    { name: 'another type', method: 'GET', url: `${path}/list`, answer: page, flaw: /text\/html/ },
    { name: 'a body', method: 'POST', url: '/oauth2/revoke', answer: list, flaw: /a body/ },
    {
      name: 'a header field',
      method: 'GET',
      url: '/oauth2/jwks',
      answer: token,
      flaw: /cache-control/,
    },
    { name: 'another body', method: 'GET', url: `${path}/x`, answer: list, flaw: /must be object/ },
  ]
  for (const { name, method, url, answer, flaw } of cases) {
    const operation = operationFor(document, method, url)
    t.match(JSON.stringify(operation && flawsOf(document, operation, answer)), flaw, name)
  }
  t.equal(operationFor(document, 'PUT', path), undefined)
})
