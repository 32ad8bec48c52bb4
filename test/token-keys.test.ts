import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import t from 'tap'
import { sandbox } from './fixtures/sandbox.ts'
import { clientId, issuedToken } from './fixtures/tokens.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

t.test('GET /oauth2/jwks: anyone can verify a token by it (RFC 7517)', async (t) => {
  for (const seed of [undefined, 1]) {
    const { app } = sandbox(t, seed === undefined ? {} : { seed })
    const response = await app.inject('/oauth2/jwks')
    t.equal(response.statusCode, 200)
    t.equal(response.headers['content-type'], 'application/json')
    const set = response.json<JSONWebKeySet>()
    t.match(set, { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: String, e: 'AQAB' }] })
    t.strictSame(Object.keys(set.keys[0] ?? {}).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use'])
    t.equal(Buffer.from(String(set.keys[0]?.n), 'base64url').length, 256, '2048 bits')
    t.strictSame((await app.inject('/oauth2/jwks')).json(), set, 'the same at each time')
    const { payload } = await jwtVerify(await issuedToken(app), createLocalJWKSet(set), {
      issuer: 'http://localhost:80',
      audience: clientId,
      typ: 'JWT',
      currentDate: new Date('2026-01-14T09:30:00Z'),
    })
    t.equal(payload['client_id'], clientId)
  }
})

t.test('requests that come before the key is made share one key', async (t) => {
  const { app, create } = sandbox(t)
  const [first, second, keys] = await Promise.all([
    issuedToken(app),
    issuedToken(app),
    app.inject('/oauth2/jwks'),
  ])
  t.not(first, second, 'each token has an id of its own')
  t.equal((await create(bearer(first))).statusCode, 201)
  t.equal((await create(bearer(second))).statusCode, 201)
  t.strictSame(keys.json(), (await app.inject('/oauth2/jwks')).json())
})

t.test('the same seed gives the same key, and tokens that are valid elsewhere', async (t) => {
  const data = { tokens: [] }
  const [one, same, other] = [1, 1, 2].map((seed) => sandbox(t, { seed, data }))
  if (!one || !same || !other) throw new Error('three sandboxes')
  const token = await issuedToken(one.app)
  t.equal((await same.create(bearer(token))).statusCode, 201, 'before it made a key itself')
  t.equal((await same.create(bearer(token))).statusCode, 201)
  t.equal((await other.create(bearer(token))).statusCode, 401)
  const wrongScope = sandbox(t, { seed: 1 })
  const reader = await issuedToken(one.app, { scope: 'account.read' })
  t.equal((await wrongScope.create(bearer(reader))).statusCode, 403)
  t.equal(await issuedToken(sandbox(t, { seed: 1 }).app), token, 'the whole token is the same')
  const unseeded = [sandbox(t), sandbox(t)].map(({ app }) => app.inject('/oauth2/jwks'))
  const [first, second] = await Promise.all(unseeded)
  t.notSame(first?.json(), second?.json(), 'without a seed they differ')
})

t.test('GET /.well-known/oauth-authorization-server (RFC 8414 §3)', async (t) => {
  const { app } = sandbox(t)
  const url = '/.well-known/oauth-authorization-server'
  const response = await app.inject({ url, headers: { host: 'sandbox.test:8080' } })
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json')
  const issuer = 'http://sandbox.test:8080'
  t.strictSame(response.json(), {
    issuer,
    token_endpoint: `${issuer}/oauth2/token`,
    jwks_uri: `${issuer}/oauth2/jwks`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    scopes_supported: ['account.read', 'account.write', 'account.remove'],
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  })
  t.equal(app.control.requests.count(), 0, 'it is no part of the imitated API')
})

t.test('HEAD works where GET does; other verbs are 405 with Allow', async (t) => {
  const { app } = sandbox(t)
  for (const [url, error] of [
    ['/oauth2/jwks', 'invalid_request'],
    ['/.well-known/oauth-authorization-server', undefined],
  ] as const) {
    t.equal((await app.inject({ method: 'HEAD', url })).statusCode, 200)
    const refused = await app.inject({ method: 'POST', url })
    t.equal(refused.statusCode, 405)
    t.equal(refused.headers.allow, 'GET, HEAD')
    t.equal(refused.json<{ error?: string }>().error, error)
  }
  t.match(app.control.requests.find({ operation: 'show-keys' }), [{ method: 'HEAD', status: 200 }])
})
