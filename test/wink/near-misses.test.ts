import t from 'tap'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

const path = webhooksOf(entity)
const doubled =
  'The path begins with a doubled slash, as behind a base URL that ends in one; leave one out.'
const letters = 'Paths are case-sensitive; Wink writes them in lower case.'
const lacking = 'The path lacks /api in front of /managing-entity.'
const elsewhere = 'Access tokens are at /oauth2/token.'
const slash = 'The path ends in a slash; leave it out.'

/** Misspelled paths outside /api and /oauth2, each with its hint and its managing entity. */
const misses: { target: string; hints: string[]; entity?: string }[] = [
  { target: `/${path}`, hints: [doubled], entity },
  { target: `//${path}/list?x=1`, hints: [doubled], entity },
  { target: path.replace('/api', '/API'), hints: [letters], entity },
  { target: path.replace('/api', '/Api'), hints: [letters], entity },
  { target: path.replace('/api', '/%41pi'), hints: [] },
  { target: path.replace('/api', ''), hints: [lacking], entity },
  { target: `http://x/${path}`, hints: [doubled], entity },
  { target: '//api/%zz', hints: [] },
  { target: '//oauth2/token', hints: [doubled] },
  { target: '/OAuth2/token', hints: [letters] },
  { target: '/oauth/token', hints: [elsewhere] },
  { target: '/oauth/token/', hints: [slash, elsewhere] },
]

t.test(
  'reports D5: a path that only just misses is 404, and in the journal with its hint',
  async (t) => {
    for (const { target, hints, ...named } of misses) {
      const server = await listening(t)
      const { status, head, body } = await exchange(
        t,
        server,
        requestText(`POST ${target} HTTP/1.1`, { authorization: 'none' }),
      )
      const cannotBeDecoded = target.includes('%zz')
      t.equal(status, cannotBeDecoded ? 400 : 404, target)
      const [entry, ...others] = server.requests.find()
      t.match(entry, {
        status,
        method: 'POST',
        operation: null,
        managingEntityIdentifier: named.entity ?? null,
        diagnosis: { hints, refusedBy: { rule: cannotBeDecoded ? 'request-target' : 'path' } },
      })
      t.equal(others.length, 0, 'one entry')
      t.match(head, `x-wink-mock-request-id: ${String(entry?.id)}`, 'which the answer names')
      const { detail } = JSON.parse(body) as { detail: string }
      for (const hint of hints) t.ok(detail.includes(hint), 'the answer says it too')
    }
  },
)

t.test(
  'reports D5: what misses the control API says so, and stays out of the journal',
  async (t) => {
    const { app } = sandbox(t)
    const cases = [
      { url: '//__admin/requests', says: doubled },
      { url: '/__ADMIN/requests', says: letters },
      { url: '/__admin/requests/count/', says: slash },
      { url: '/nothing', says: '/openapi.json show all there is.' },
    ]
    for (const { url, says } of cases) {
      const response = await app.inject(url)
      t.equal(response.statusCode, 404)
      t.ok(problemOf(t, response).detail.endsWith(says), url)
      t.notOk(response.headers['x-wink-mock-request-id'])
    }
    t.equal(app.control.requests.count(), 0)
  },
)

t.test('the OAuth error of an unknown path says why too (RFC 6749 §5.2)', async (t) => {
  const { app } = sandbox(t)
  const response = await app.inject({ method: 'POST', url: '/oauth2/token/' })
  t.equal(response.statusCode, 404)
  t.match(response.json(), { error: 'invalid_request', error_description: new RegExp(slash) })
  t.match(app.control.requests.find(), [{ diagnosis: { hints: [slash] } }])
})

t.test(
  'a path that only just misses is no way around the authentication, nor for faults',
  async (t) => {
    const { app, create } = sandbox(t)
    app.control.faults.arm({ effect: { status: 503 } })
    const response = await create({ url: `/${path}`, headers: { prefer: 'code=500' } })
    t.equal(response.statusCode, 404)
    t.equal(app.control.webhooks.list().length, 0)
    t.match(app.control.faults.list(), [{ matched: 0 }])
  },
)

t.test('a route that a program adds is not a near miss', async (t) => {
  const { app } = sandbox(t)
  app.register((scope, _options, done) => {
    scope.get('/oauth/mine', () => 'mine')
    done()
  })
  t.equal((await app.inject('/oauth/mine')).statusCode, 200)
  t.equal((await app.inject({ url: '/oauth/mine', method: 'POST' })).statusCode, 405)
  t.equal(app.control.requests.count(), 0)
})

t.test(
  'the body of what was meant for the token path is masked (docs/control-api.md)',
  async (t) => {
    const server = await listening(t)
    for (const target of ['//oauth2/token', '/oauth/token', '/OAUTH2/token']) {
      const headers = { 'content-type': 'text/plain' }
      const body = JSON.stringify({ client_secret: 's3cr3t' })
      await exchange(t, server, requestText(`POST ${target} HTTP/1.1`, headers, body))
      t.equal(server.requests.find().at(-1)?.body, '[masked]', target)
    }
  },
)
