import t from 'tap'
import type { SandboxData, Webhook } from '../../../src/index.ts'
import { entity, otherEntity, user } from '../../fixtures/requests.ts'
import { now, problemOf, sandbox } from '../../fixtures/sandbox.ts'

t.test('accepted Authorization headers (CONTRACT §2; RFC 6750 §2.1)', (t) => {
  const accepted = [
    'Bearer t',
    'bearer t',
    'BEARER t',
    'Bearer    several-spaces',
    'Bearer azAZ09-._~+/',
    'Bearer padded==',
  ]
  for (const authorization of accepted) {
    t.test(authorization, async (t) => {
      t.equal((await sandbox(t).create({ headers: { authorization } })).statusCode, 201)
    })
  }
  t.end()
})

t.test('refused Authorization headers (CONTRACT §4; RFC 6750 §3)', (t) => {
  const invalid = /^Bearer error="invalid_token", error_description="[^"\\]+"$/
  const cases: { name: string; authorization: string | string[]; challenge: string | RegExp }[] = [
    { name: 'none', authorization: [], challenge: 'Bearer' },
    { name: 'empty', authorization: '', challenge: 'Bearer' },
    { name: 'another scheme', authorization: 'Basic dDp0', challenge: 'Bearer' },
    { name: 'scheme alone', authorization: 'Bearer', challenge: invalid },
    { name: 'scheme and a space', authorization: 'Bearer ', challenge: invalid },
    { name: 'no space', authorization: 'Bearert', challenge: invalid },
    { name: 'a tab for a space', authorization: 'Bearer\tt', challenge: invalid },
    { name: 'two tokens', authorization: 'Bearer one two', challenge: invalid },
    { name: 'quotes', authorization: 'Bearer "t"', challenge: invalid },
    { name: 'padding in the middle', authorization: 'Bearer a=b', challenge: invalid },
    { name: 'padding alone', authorization: 'Bearer ==', challenge: invalid },
    { name: 'two headers', authorization: ['Bearer one', 'Bearer one'], challenge: invalid },
    { name: 'two headers, one empty', authorization: ['', 'Bearer t'], challenge: invalid },
  ]
  for (const { name, authorization, challenge } of cases) {
    t.test(name, async (t) => {
      // Fastify's types allow only one Authorization field.
      const headers = { authorization } as unknown as Record<string, string>
      const response = await sandbox(t).create({ headers })
      t.equal(response.statusCode, 401)
      t.match(response.headers['www-authenticate'], challenge)
      problemOf(t, response)
    })
  }
  t.end()
})

t.test('configured tokens (CONTRACT §5)', (t) => {
  const data: SandboxData = {
    tokens: [
      { token: 'all', userIdentifier: user },
      { token: 'reader', scopes: ['account.read', 'account.remove'] },
      { token: 'no-scope', scopes: [] },
      { token: 'manager', managingEntities: [entity.toUpperCase()] },
      { token: 'stranger', managingEntities: [otherEntity] },
      { token: 'expired', expiresAt: now },
      { token: 'expires-next', expiresAt: '2026-01-14T09:30:00.001Z' },
      { token: 'expires-elsewhere', expiresAt: '2026-01-14T10:30:00.000+01:00' },
    ],
  }
  const cases: { name: string; token: string; status: number; challenge?: string | RegExp }[] = [
    { name: 'what is left out is not restricted', token: 'all', status: 201 },
    { name: 'a manager of the entity, in any case', token: 'manager', status: 201 },
    { name: 'not yet expired', token: 'expires-next', status: 201 },
    { name: 'expired at this instant', token: 'expired', status: 401, challenge: /expired/ },
    {
      name: 'expired, with an offset',
      token: 'expires-elsewhere',
      status: 401,
      challenge: /expired/,
    },
    {
      name: 'any other token',
      token: 'unheard-of',
      status: 401,
      challenge: /invalid_token.*unknown/,
    },
    {
      name: 'without account.write',
      token: 'reader',
      status: 403,
      challenge: 'Bearer error="insufficient_scope", scope="account.write"',
    },
    { name: 'without any scope', token: 'no-scope', status: 403, challenge: /insufficient_scope/ },
    { name: 'a manager of another entity', token: 'stranger', status: 403 },
  ]
  for (const { name, token, status, challenge } of cases) {
    t.test(`${name}: ${status}`, async (t) => {
      const { create } = sandbox(t, { data })
      const response = await create({ headers: { authorization: `Bearer ${token}` } })
      t.equal(response.statusCode, status)
      t.match(response.headers['www-authenticate'], challenge)
      if (status !== 201) problemOf(t, response)
    })
  }
  t.test('userIdentifier is the configured one (CONTRACT §3)', async (t) => {
    const response = await sandbox(t, { data }).create({ headers: { authorization: 'Bearer all' } })
    t.equal(response.json<{ userIdentifier: string }>().userIdentifier, user)
  })
  t.test('an empty list accepts no token', async (t) => {
    t.equal((await sandbox(t, { data: { tokens: [] } }).create()).statusCode, 401)
  })
  t.end()
})

t.test('a refusal repeats no token (CONTRACT §4)', async (t) => {
  const { create } = sandbox(t, { data: { tokens: [] } })
  for (const authorization of ['Bearer s3cr3t', 'Bearer s3cr3t s3cr3t', 's3cr3t']) {
    const response = await create({ headers: { authorization } })
    t.notMatch(response.body + JSON.stringify(response.headers), 's3cr3t')
  }
})

t.test('a token has the same user after many other tokens (CONTRACT §3)', async (t) => {
  const { create } = sandbox(t)
  const userOf = async (token: string): Promise<string> =>
    (await create({ headers: { authorization: `Bearer ${token}` } })).json<Webhook>().userIdentifier
  const first = await userOf('first')
  const others = new Set<string>()
  for (let index = 0; index < 150; index += 1) others.add(await userOf(`other-${index}`))
  t.equal(others.size, 150)
  t.equal(await userOf('first'), first)
})
