import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import { SignJWT, generateKeyPair, importJWK } from 'jose'
import t from 'tap'
import { testKey } from '../../../src/wink/oauth/test-key.ts'
import type { SandboxData, Webhook } from '../../../src/index.ts'
import { entity, jwt, otherEntity, user, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { now, problemOf, sandbox, type TestSandbox } from '../../fixtures/sandbox.ts'
import { basic, clientId, issuedToken, partOf, tokenRequest } from '../../fixtures/tokens.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const statusOf = async ({ create }: TestSandbox, token: string): Promise<number> =>
  (await create(bearer(token))).statusCode
const base64url = (text: string): string => Buffer.from(text).toString('base64url')

t.test('an issued token is accepted in every mode (CONTRACT §5)', (t) => {
  const cases: { name: string; data: SandboxData }[] = [
    { name: 'by default', data: {} },
    { name: 'with configured tokens', data: { tokens: [] } },
    {
      name: 'with configured clients',
      data: { clients: [{ id: clientId, secret: 'my-secret' }] },
    },
  ]
  const box = sandbox(t)
  for (const { name, data } of cases) {
    t.test(name, async (t) => {
      box.app.control.state.import(data)
      const token = await issuedToken(box.app)
      const response = await box.create(bearer(token))
      t.equal(response.statusCode, 201)
      t.equal(response.json<Webhook>().userIdentifier, partOf(token, 1)['sub'], 'CONTRACT §3')
      const isOpen = data.tokens === undefined
      t.equal(await statusOf(box, 'some-token'), isOpen ? 201 : 401, 'any other token')
    })
  }
  t.end()
})

t.test(
  'the validity of an issued token follows the clock of the sandbox (RFC 7519 §4.1.4, §4.1.5)',
  async (t) => {
    const box = sandbox(t)
    const token = await issuedToken(box.app)
    const cases: { offsetMs: number; status: number; says?: RegExp }[] = [
      { offsetMs: -1, status: 401, says: /not valid yet/ },
      { offsetMs: 0, status: 201 },
      { offsetMs: 10_799_999, status: 201 },
      { offsetMs: 10_800_000, status: 401, says: /expired/ },
    ]
    for (const { offsetMs, status, says } of cases) {
      box.app.control.clock.set({ mode: 'offset', offsetMs })
      const response = await box.create(bearer(token))
      t.equal(response.statusCode, status, `after ${offsetMs} ms`)
      t.match(response.headers['www-authenticate'], says)
    }
  },
)

t.test('times in a token are whole seconds, rounded down', async (t) => {
  const nowMs = Date.parse(now)
  const { app } = sandbox(t, { clock: () => nowMs + 999 })
  t.match(partOf(await issuedToken(app), 1), { iat: nowMs / 1000, exp: nowMs / 1000 + 10_800 })
})

t.test('an altered token is 401, in every mode (RFC 6750 §3.1; RFC 7515 §5.2)', async (t) => {
  const box = sandbox(t)
  for (const data of [{}, { tokens: [] }]) {
    box.app.control.state.import(data)
    const token = await issuedToken(box.app)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const { kid } = partOf(token, 0)
    const claims = partOf(token, 1)
    const forged = base64url(JSON.stringify({ ...claims, exp: 9e9 }))
    const none = base64url(JSON.stringify({ kid, alg: 'none' }))
    const hmac = `${base64url(JSON.stringify({ kid, alg: 'HS256' }))}.${payload}`
    const { keys } = (await box.app.inject('/oauth2/jwks')).json<{ keys: [JsonWebKey] }>()
    const pem = createPublicKey({ key: keys[0], format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    })
    const { privateKey } = await generateKeyPair('RS256')
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ kid: String(kid), alg: 'RS256' })
      .sign(privateKey)
    // The last base64url character of 256 bytes has four unused bits.
    const last = signature.at(-1) === 'A' ? 'B' : 'A'
    const twin = String.fromCharCode(signature.charCodeAt(signature.length - 1) + 1)
    const cases: Record<string, string> = {
      'other claims': `${header}.${forged}.${signature}`,
      'another signature': `${header}.${payload}.${last}${signature.slice(1)}x`,
      'the same signature, written otherwise': `${header}.${payload}.${signature.slice(0, -1)}${twin}`,
      'with padding': `${token}==`,
      'no signature': `${header}.${payload}.`,
      'no third part': `${header}.${payload}`,
      'no second part': `${header}.`,
      'a fourth part': `${token}.x`,
      'alg none': `${none}.${payload}.`,
      'alg none, signed': `${none}.${payload}.${signature}`,
      'HS256 by the public key': `${hmac}.${createHmac('sha256', pem).update(hmac).digest('base64url')}`,
      'our key id, another key': foreign,
    }
    for (const [name, altered] of Object.entries(cases)) {
      const response = await box.create(bearer(altered))
      t.equal(response.statusCode, 401, name)
      t.match(response.headers['www-authenticate'], /^Bearer error="invalid_token", .*signature/)
      problemOf(t, response)
    }
    t.equal(await statusOf(box, token), 201, 'as it was issued')
  }
})

t.test('a valid signature with unexpected claims is 401', async (t) => {
  const box = sandbox(t)
  const privateKey = await importJWK(testKey, 'RS256')
  const { kid } = partOf(await issuedToken(box.app), 0)
  const sign = async (claims: Record<string, unknown>): Promise<string> =>
    new SignJWT(claims).setProtectedHeader({ kid: String(kid), alg: 'RS256' }).sign(privateKey)
  const claims = partOf(await issuedToken(box.app), 1)
  t.equal(await statusOf(box, await sign(claims)), 201)
  for (const name of Object.keys(claims)) {
    t.equal(await statusOf(box, await sign({ ...claims, [name]: undefined })), 401, name)
  }
})

t.test(
  'tokens of other issuers: opaque by default, unknown if tokens are configured',
  async (t) => {
    const { privateKey } = await generateKeyPair('RS256')
    const foreign = await new SignJWT({ sub: user, exp: 1, scope: '' })
      .setProtectedHeader({ kid: 'theirs', alg: 'RS256' })
      .sign(privateKey)
    for (const token of [foreign, jwt({ sub: user }), '.', 'e30.x', 'bnVsbA.x.y']) {
      t.equal(await statusOf(sandbox(t), token), 201, 'whatever its claims say')
      const response = await sandbox(t, { data: { tokens: [] } }).create(bearer(token))
      t.equal(response.statusCode, 401)
      t.match(response.headers['www-authenticate'], /invalid_token.*unknown/)
    }
  },
)

t.test('a token has the granted scopes (CONTRACT §1 step 4)', async (t) => {
  const box = sandbox(t)
  t.equal(await statusOf(box, await issuedToken(box.app, { scope: 'account.write' })), 201)
  const token = await issuedToken(box.app, { scope: 'account.read account.remove' })
  const response = await box.create(bearer(token))
  t.equal(response.statusCode, 403)
  t.equal(
    response.headers['www-authenticate'],
    'Bearer error="insufficient_scope", scope="account.write"',
  )
})

t.test('a token manages the entities of its client (CONTRACT §4, 403)', async (t) => {
  const secret = 's'
  const box = sandbox(t, {
    data: {
      clients: [
        { id: 'one', secret, managingEntities: [entity.toUpperCase()], userIdentifier: user },
        { id: 'none', secret, managingEntities: [] },
        { id: 'all', secret },
      ],
    },
  })
  const other = {
    url: webhooksOf(otherEntity),
    payload: { ...validBody, entity: { identifier: otherEntity, name: 'x' } },
  }
  for (const [id, own, others] of [
    ['one', 201, 403],
    ['none', 403, 403],
    ['all', 201, 201],
  ] as const) {
    const token = await issuedToken(box.app, {}, basic(id, secret))
    t.equal(await statusOf(box, token), own, `${id}: the entity`)
    t.equal((await box.create({ ...other, ...bearer(token) })).statusCode, others, `${id}: another`)
    if (id === 'one') t.equal(partOf(token, 1)['sub'], user, 'its configured user')
  }
  const token = await issuedToken(box.app, {}, basic('one', secret))
  box.app.control.state.import({ clients: [] })
  const gone = await box.create(bearer(token))
  t.equal(gone.statusCode, 401, 'the client is gone, and so is what it might manage')
  t.match(gone.headers['www-authenticate'], /client/)
})

t.test('each tenant has its own client', async (t) => {
  const managingEntities = [{ identifier: entity, name: 'Siam' }]
  const clients = [{ id: clientId, secret: 'my-secret' }]
  const box = sandbox(t, { data: { managingEntities, clients, tokens: [] } })
  const tenant = box.app.control.tenants.create()
  const { clientId: id, clientSecret: secret, managingEntityIdentifier: identifier } = tenant
  const token = await issuedToken(box.app, {}, basic(id, secret))
  const payload = { ...validBody, entity: { identifier, name: 'x' } }
  const own = { url: webhooksOf(identifier), payload, ...bearer(token) }
  t.equal((await box.create(own)).statusCode, 201)
  t.equal(await statusOf(box, token), 403, 'of its entity alone')
  t.match(box.app.control.state.export().clients, [{}, { id, secret }])
  box.app.control.reset()
  t.equal((await box.create(own)).statusCode, 401, 'a reset forgets it')
  const refused = await box.app.inject(tokenRequest({}, { authorization: basic(id, secret) }))
  t.equal(refused.statusCode, 401)
})
