import t from 'tap'
import { buildApp } from '../../src/index.ts'
import { validBody } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

const json = { 'content-type': 'application/json' }

t.test('--admin-token protects the control API, and not the health check', async (t) => {
  const { app, create } = sandbox(t, { adminToken: 's3cr3t' })
  const cases: { authorization?: string; status: number; challenge?: string | RegExp }[] = [
    { status: 401, challenge: 'Bearer' },
    { authorization: 'Basic czNjcjN0', status: 401, challenge: 'Bearer' },
    { authorization: 'Bearer other', status: 401, challenge: /^Bearer error="invalid_token"/ },
    { authorization: 'Bearer s3cr3', status: 401, challenge: /^Bearer error="invalid_token"/ },
    { authorization: 'Bearer s3cr3t', status: 200 },
    { authorization: 'bearer s3cr3t', status: 200 },
  ]
  for (const { authorization, status, challenge } of cases) {
    const headers = authorization === undefined ? {} : { authorization }
    const response = await app.inject({ url: '/__admin/webhooks', headers })
    t.equal(response.statusCode, status, authorization ?? 'none')
    t.match(response.headers, challenge === undefined ? {} : { 'www-authenticate': challenge })
    if (status === 401) t.notMatch(problemOf(t, response).detail, /s3cr3t/)
  }
  t.equal((await app.inject('/__admin/nothing')).statusCode, 401, 'unknown paths too')
  const put = await app.inject({ method: 'PUT', url: '/__admin/faults' })
  t.equal(put.statusCode, 401, 'other methods too')
  t.equal((await app.inject('/__admin/health')).statusCode, 200)
  t.equal((await create()).statusCode, 201, 'the API has its own tokens')
  t.throws(() => buildApp({ adminToken: '' }), { name: 'RangeError', message: /adminToken/ })
})

t.test('no event that a sandbox delivers drives a sandbox', async (t) => {
  const { app } = sandbox(t, { adminToken: 's3cr3t' })
  const headers = { authorization: 'Bearer s3cr3t', 'x-wink-mock-delivery-id': '1' }
  for (const url of ['/__admin/events', '/__admin/reset', '/__admin/nothing']) {
    const response = await app.inject({ method: 'POST', url, headers })
    t.match(problemOf(t, response), { status: 403, detail: /X-Wink-Mock-Delivery-Id.*receiver/ })
  }
})

t.test('no page in a browser drives the sandbox', async (t) => {
  const { app } = sandbox(t)
  const cases: { headers: Record<string, string>; status: number }[] = [
    { headers: { origin: 'http://evil.example' }, status: 403 },
    { headers: { origin: 'null' }, status: 403 },
    { headers: { origin: 'http://localhost:3000' }, status: 403 },
    { headers: { origin: 'https://localhost:80' }, status: 403 },
    { headers: { 'sec-fetch-site': 'cross-site' }, status: 403 },
    { headers: { 'sec-fetch-site': 'same-site' }, status: 403 },
    { headers: { origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' }, status: 204 },
    { headers: { 'sec-fetch-site': 'none' }, status: 204 },
    { headers: {}, status: 204 },
  ]
  for (const { headers, status } of cases) {
    const response = await app.inject({ method: 'POST', url: '/__admin/reset', headers })
    t.equal(response.statusCode, status, JSON.stringify(headers))
    if (status === 403) problemOf(t, response)
    t.notOk(
      Object.keys(response.headers).some((name) => name.startsWith('access-control-')),
      'no CORS',
    )
  }
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: '/__admin/reset',
    headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
  })
  t.equal(preflight.statusCode, 403)
  t.notOk(preflight.headers['access-control-allow-origin'])
})

t.test('bodies are JSON', async (t) => {
  const { app } = sandbox(t)
  const payload = JSON.stringify({ effect: { status: 503 } })
  const cases: { headers: Record<string, string>; payload: string; status: number }[] = [
    { headers: json, payload, status: 201 },
    { headers: { 'content-type': 'application/json; charset=utf-8' }, payload, status: 201 },
    { headers: { 'content-type': 'text/plain' }, payload, status: 415 },
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload, status: 415 },
    { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload, status: 415 },
    { headers: { 'content-type': '' }, payload, status: 415 },
    { headers: { 'content-type': 'text/plain' }, payload: '', status: 400 },
    { headers: json, payload: '{', status: 400 },
    { headers: json, payload: '', status: 400 },
    { headers: json, payload: 'null', status: 400 },
  ]
  for (const { headers, payload: body, status } of cases) {
    const request = { method: 'POST', url: '/__admin/faults', headers, payload: body } as const
    const response = await app.inject(request)
    t.equal(response.statusCode, status, JSON.stringify({ headers, body }))
    if (status !== 201) problemOf(t, response)
  }
})

t.test('an empty body is no body, whatever its media type says', async (t) => {
  const server = await listening(t)
  const types = ['application/json', 'application/x-www-form-urlencoded', 'text/plain', '', 'x']
  for (const type of types) {
    const headers = { host: 'localhost', 'content-type': type }
    const reset = requestText('POST /__admin/reset HTTP/1.1', headers, '')
    t.equal((await exchange(t, server, reset)).status, 204, type)
  }
  const chunked = requestText('POST /__admin/reset HTTP/1.1', { host: 'localhost' }, '').replace(
    'content-length: 0\r\n\r\n',
    'transfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  )
  t.match(chunked, 'chunked')
  t.equal((await exchange(t, server, chunked)).status, 204, 'chunked')
})

t.test('nothing is ignored: no body and no parameter where none is asked for', async (t) => {
  const { app } = sandbox(t)
  app.control.faults.arm({ effect: { status: 503 } })
  const cases = [
    { method: 'DELETE', url: '/__admin/faults', payload: validBody },
    { method: 'DELETE', url: '/__admin/requests', payload: { status: 201 } },
    { method: 'DELETE', url: '/__admin/faults?operation=create-webhook' },
    { method: 'GET', url: '/__admin/state?managingEntityIdentifier=x' },
    { method: 'POST', url: '/__admin/faults?times=2', payload: { effect: { status: 503 } } },
    { method: 'PUT', url: '/__admin/clock?mode=system', payload: { mode: 'system' } },
  ] as const
  for (const request of cases) {
    const response = await app.inject(request)
    t.equal(response.statusCode, 400, request.url)
    problemOf(t, response)
  }
  t.equal(app.control.faults.list().length, 1)
})

t.test('unknown paths and methods of the control API are problems (CONTRACT §4)', async (t) => {
  const { app } = sandbox(t)
  const unknown = await app.inject('/__admin/nothing')
  t.equal(unknown.statusCode, 404)
  t.match(problemOf(t, unknown), { detail: /docs\/control-api\.md/ })
  const put = await app.inject({ method: 'PUT', url: '/__admin/faults' })
  t.equal(put.statusCode, 405)
  t.equal(put.headers.allow, 'POST, GET, HEAD, DELETE')
})

t.test('attacks 04: of a rule, too, 1,000 violations are counted', async (t) => {
  const { app } = sandbox(t)
  const members = Array.from({ length: 5_000 }, (_, index) => [`unknown${index}`, 1] as const)
  const response = await app.inject({
    method: 'POST',
    url: '/__admin/faults',
    payload: Object.fromEntries(members),
  })
  t.equal(response.statusCode, 400)
  const { detail, properties } = problemOf(t, response)
  t.match(detail, /^The fault breaks more than 1,000 rules: .*; and many more\.$/)
  t.equal(properties?.errors?.length, 50)
})
