import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import t from 'tap'
import { sandbox } from '../../fixtures/sandbox.ts'
import { clientId, documentedScopes, issuedToken } from '../../fixtures/tokens.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

t.test('GET /oauth2/jwks has the key that verifies tokens (RFC 7517)', async (t) => {
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

t.test('each token has its own id (RFC 7519 §4.1.7)', async (t) => {
  const { app, create } = sandbox(t)
  const [first, second] = await Promise.all([issuedToken(app), issuedToken(app)])
  t.not(first, second)
  t.equal((await create(bearer(first))).statusCode, 201)
  t.equal((await create(bearer(second))).statusCode, 201)
})

t.test(
  'every sandbox has the same key: tokens of one are valid in another (CONTRACT §5)',
  async (t) => {
    const data = { tokens: [] }
    const [one, other] = [sandbox(t, { data }), sandbox(t, { seed: 1, data })]
    const token = await issuedToken(one.app)
    t.equal((await other.create(bearer(token))).statusCode, 201)
    const reader = await issuedToken(one.app, { scope: 'account.read' })
    t.equal(
      (await sandbox(t).create(bearer(reader))).statusCode,
      403,
      'also where any token is taken',
    )
    const keys = await Promise.all([one, other].map(({ app }) => app.inject('/oauth2/jwks')))
    t.strictSame(keys[0]?.json(), keys[1]?.json())
  },
)

t.test('the same seed gives the same tokens', async (t) => {
  const [one, same, another] = [1, 1, 2].map((seed) => issuedToken(sandbox(t, { seed }).app))
  t.equal(await one, await same)
  t.not(await one, await another)
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
    scopes_supported: documentedScopes,
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
