import { METHODS } from 'node:http'
import t from 'tap'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

const path = webhooksOf(entity)

t.test('raw request targets (CONTRACT §1)', async (t) => {
  const server = await listening(t)
  const cases: { name: string; target: string; status: number; anonymous: number }[] = [
    { name: 'the path', target: path, status: 201, anonymous: 401 },
    { name: 'with a query', target: `${path}?a=%zz`, status: 201, anonymous: 401 },
    {
      name: 'encoded letters',
      target: path.replace('/api', '/%61p%69'),
      status: 201,
      anonymous: 401,
    },
    {
      name: 'an encoded identifier',
      target: path.replace('d5b8', '%645b8'),
      status: 201,
      anonymous: 401,
    },
    { name: 'absolute form', target: `http://sandbox${path}`, status: 201, anonymous: 401 },
    {
      name: 'absolute form, other scheme',
      target: `HTTPS://x:1${path}`,
      status: 201,
      anonymous: 401,
    },
    { name: 'absolute form, encoded', target: `http://x/%61pi/x`, status: 404, anonymous: 401 },
    { name: 'absolute form without a path', target: 'http://sandbox', status: 405, anonymous: 405 },
    {
      name: 'absolute form, path in the query',
      target: `http://x?${path}`,
      status: 405,
      anonymous: 405,
    },
    { name: 'unknown below /api', target: '/api/unknown', status: 404, anonymous: 401 },
    { name: '/api itself', target: '/api', status: 404, anonymous: 401 },
    { name: 'unknown elsewhere', target: '/unknown', status: 404, anonymous: 404 },
    { name: 'the root', target: '/', status: 405, anonymous: 405 },
    { name: 'the asterisk form', target: '*', status: 404, anonymous: 404 },
    { name: 'a trailing slash', target: `${path}/`, status: 404, anonymous: 401 },
    {
      name: 'a doubled slash',
      target: path.replace('/webhook', '//webhook'),
      status: 404,
      anonymous: 401,
    },
    { name: 'a doubled slash in front', target: `/${path}`, status: 404, anonymous: 404 },
    { name: 'an empty identifier', target: webhooksOf(''), status: 404, anonymous: 401 },
    {
      name: 'another case',
      target: path.replace('webhook', 'Webhook'),
      status: 404,
      anonymous: 401,
    },
    {
      name: 'another case of /api',
      target: path.replace('api', 'API'),
      status: 404,
      anonymous: 404,
    },
    { name: 'dot segments', target: `/api/x/..${path.slice(4)}`, status: 404, anonymous: 401 },
    { name: 'dot segments in front', target: `/x/..${path}`, status: 404, anonymous: 404 },
    {
      name: 'an encoded slash',
      target: path.replace('/webhook', '%2Fwebhook'),
      status: 404,
      anonymous: 401,
    },
    { name: 'bad percent-encoding', target: '/api/%zz', status: 400, anonymous: 400 },
    { name: 'half a percent-encoding', target: '/api/%', status: 400, anonymous: 400 },
    { name: 'percent-encoding that is not UTF-8', target: '/%ff', status: 400, anonymous: 400 },
    {
      name: 'an identifier longer than most',
      target: webhooksOf('x'.repeat(5_000)),
      status: 400,
      anonymous: 401,
    },
  ]
  for (const { name, target, status, anonymous } of cases) {
    await t.test(`${name}: ${status}, without a token ${anonymous}`, async (t) => {
      const line = `POST ${target} HTTP/1.1`
      const answer = await exchange(t, server, requestText(line))
      t.equal(answer.status, status, answer.head)
      const refusal = await exchange(t, server, requestText(line, { authorization: 'none' }))
      t.equal(refusal.status, anonymous, refusal.head)
      t.match(refusal.head, /^content-type: application\/problem\+json\r?$/im)
    })
  }
})

t.test('unknown paths are 404 with any body (CONTRACT §1 step 3)', async (t) => {
  const { create } = sandbox(t)
  for (const url of ['/unknown', '/api/unknown']) {
    for (const contentType of ['text/plain', '', undefined]) {
      const response = await create({ url, headers: { 'content-type': contentType }, payload: '{' })
      t.equal(response.statusCode, 404)
      t.match(problemOf(t, response), { instance: url, detail: /\/api\/managing-entity\// })
    }
  }
})

t.test('all other verbs are 405 with Allow (CONTRACT §1 step 3; RFC 9110 §15.5.6)', async (t) => {
  const server = await listening(t)
  // CONNECT has no path; Node.js emits another event for it.
  const others = METHODS.filter((method) => !['POST', 'CONNECT'].includes(method))
  for (const method of others) {
    await t.test(method, async (t) => {
      const line = `${method} ${path} HTTP/1.1`
      const answer = await exchange(t, server, requestText(line, {}, ''))
      t.equal(answer.status, 405)
      t.match(answer.head, /^allow: POST\r?$/im)
      t.equal(answer.body === '', method === 'HEAD', 'HEAD has no body')
      const refusal = await exchange(t, server, requestText(line, { authorization: 'none' }, ''))
      t.equal(refusal.status, 401, 'authentication comes first')
    })
  }
})

t.test('instance is the raw path, as a URI reference (CONTRACT §4)', async (t) => {
  const server = await listening(t)
  const cases = [
    { target: '/a%20b?token=secret', instance: '/a%20b' },
    { target: '/a|b"c', instance: '/a%7Cb%22c' },
    { target: '/%zz', instance: '/%25zz' },
    { target: 'http://x:1/a?b', instance: '/a' },
    { target: '/a#b', instance: '/a' },
  ]
  for (const { target, instance } of cases) {
    const { body } = await exchange(t, server, requestText(`GET ${target} HTTP/1.1`, {}, ''))
    t.equal((JSON.parse(body) as { instance: string }).instance, instance)
  }
})

t.test('GET /__admin/health needs no token', async (t) => {
  const { app } = sandbox(t)
  const response = await app.inject('/__admin/health')
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json')
  t.match(response.json(), { status: 'up', version: /^\d+\.\d+\.\d+/, uptimeSeconds: Number })
  t.equal((await app.inject({ url: '/__admin/health', method: 'HEAD' })).statusCode, 200)
  const refused = await app.inject({ url: '/__admin/health', method: 'POST' })
  t.equal(refused.statusCode, 405)
  t.equal(refused.headers.allow, 'GET, HEAD')
})

t.test('a program may add routes', async (t) => {
  const { app } = sandbox(t)
  app.register((scope, _options, done) => {
    scope.get('/mine', () => 'mine')
    done()
  })
  t.equal((await app.inject('/mine')).body, 'mine')
  t.equal((await app.inject({ url: '/mine', method: 'POST' })).headers.allow, 'GET, HEAD')
})
