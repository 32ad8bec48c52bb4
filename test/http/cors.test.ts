import t from 'tap'
import { buildApp } from '../../src/index.ts'
import { createRequest, entity, webhooksOf } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'
import { listening } from '../fixtures/wire.ts'

const page = 'https://app.example.com'
const preflight = {
  origin: page,
  'access-control-request-method': 'PATCH',
  'access-control-request-headers': 'authorization,wink-version',
}
const allowed = {
  'access-control-allow-origin': page,
  'access-control-allow-methods': 'PATCH',
  'access-control-allow-headers': 'authorization,wink-version',
  'access-control-max-age': '600',
  vary: 'Origin',
}
const paths = [
  `${webhooksOf(entity)}/1`,
  '/oauth2/token',
  '/.well-known/oauth-authorization-server',
  '/api/unknown',
]

t.test(
  'preflights of an allowed origin are answered below /api, /oauth2 and /.well-known',
  async (t) => {
    const { app } = sandbox(t, { corsOrigins: ['http://localhost:5173', page] })
    for (const url of paths) {
      const response = await app.inject({ method: 'OPTIONS', url, headers: preflight })
      t.equal(response.statusCode, 204, url)
      t.match(response.headers, allowed, url)
      t.equal(response.body, '')
    }
  },
)

t.test('a preflight reaches neither faults nor the journal', async (t) => {
  const { app } = sandbox(t, { corsOrigins: [page] })
  app.control.faults.arm({ effect: { status: 503 } })
  const url = webhooksOf(entity)
  const response = await app.inject({ method: 'OPTIONS', url, headers: preflight })
  t.equal(response.statusCode, 204)
  t.equal(app.control.requests.count(), 0)
  t.equal(app.control.faults.list()[0]?.acted, 0)
})

t.test('a page may read every answer to it, a refusal and a fault too', async (t) => {
  const { app } = sandbox(t, { corsOrigins: [page] })
  const headers = { origin: page }
  const readable = {
    'access-control-allow-origin': page,
    'access-control-expose-headers': /WWW-Authenticate, X-Wink-Mock-Request-Id/,
    vary: 'Origin',
  }
  const check = async (status: number): Promise<void> => {
    const response = await app.inject(createRequest({ headers }))
    t.equal(response.statusCode, status)
    t.match(response.headers, readable, String(status))
  }
  await check(201)
  app.control.faults.arm({ effect: { status: 503 }, times: 1 })
  await check(503)
  for (const url of paths) t.match((await app.inject({ url, headers })).headers, readable, url)
})

t.test(
  'OPTIONS is 405 as the contract says: from other origins, and where it is no preflight',
  async (t) => {
    const { app } = sandbox(t, { corsOrigins: [page] })
    const authorization = 'Bearer t'
    const cases = {
      'another origin': { ...preflight, origin: 'https://evil.example', authorization },
      'no origin': { 'access-control-request-method': 'POST', authorization },
      'no preflight': { origin: page, authorization },
    }
    for (const [name, headers] of Object.entries(cases)) {
      const response = await app.inject({ method: 'OPTIONS', url: webhooksOf(entity), headers })
      t.equal(response.statusCode, 405, name)
      t.equal(response.headers['access-control-allow-methods'], undefined, name)
    }
    const foreign = await app.inject(createRequest({ headers: { origin: 'https://evil.example' } }))
    t.equal(
      foreign.statusCode,
      201,
      'the sandbox answers; the browser keeps the answer from the page',
    )
    t.equal(foreign.headers['access-control-allow-origin'], undefined)
    t.equal(foreign.headers.vary, 'Origin', 'a cache must know')
  },
)

t.test('no page may call the control API, whatever the origins', async (t) => {
  const server = await listening(t, { corsOrigins: ['*', page] })
  for (const path of [
    '/__admin/health',
    '/__admin/webhooks',
    '/__admin',
    '/openapi.json',
    '/reference',
  ]) {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await fetch(server.url + path, { method, headers: preflight })
      const names = [...headers.keys()].filter((name) => name.startsWith('access-control'))
      t.strictSame(names, [], `${method} ${path}`)
      t.notMatch(headers.get('vary') ?? '', 'origin')
    }
  }
  const driven = await fetch(`${server.url}/__admin/reset`, { method: 'POST', headers: preflight })
  t.equal(driven.status, 403)
})

t.test('* allows every origin', async (t) => {
  const { app } = sandbox(t, { corsOrigins: ['*'] })
  const { headers } = await app.inject(createRequest({ headers: { origin: page } }))
  t.equal(headers['access-control-allow-origin'], '*')
  t.equal(headers.vary, undefined, 'the answer is the same for all')
})

t.test('without the setting there are no CORS headers, and OPTIONS is 405', async (t) => {
  const { app } = sandbox(t)
  for (const url of paths.slice(0, 3)) {
    const headers = { ...preflight, authorization: 'Bearer t' }
    const response = await app.inject({ method: 'OPTIONS', url, headers })
    t.equal(response.statusCode, 405, url)
    const names = Object.keys(response.headers).filter((name) => /^access-control|^vary/.test(name))
    t.strictSame(names, [], url)
  }
})

t.test('corsOrigins takes origins as browsers send them', (t) => {
  for (const origin of [
    '*',
    page,
    'http://localhost:3000',
    'http://[::1]:3000',
    'capacitor://localhost',
  ]) {
    t.doesNotThrow(() => buildApp({ corsOrigins: [origin] }), origin)
  }
  const wrong = [
    '',
    'null',
    'app.example.com',
    `${page}/`,
    `${page}/x`,
    'https://App.example.com',
    'https://a.example:443',
  ]
  for (const origin of [...wrong, 5, null]) {
    t.throws(() => buildApp({ corsOrigins: [page, origin as string] }), {
      name: 'RangeError',
      message: /^corsOrigins must be a list, and each item an origin \(RFC 6454\), such as https:/,
    })
  }
  t.throws(() => buildApp({ corsOrigins: page as unknown as string[] }), RangeError)
  t.end()
})
