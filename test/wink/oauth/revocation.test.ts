import type { FastifyInstance } from 'fastify'
import t from 'tap'
import { Revocations } from '../../../src/wink/oauth/issued-tokens.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { basic, isOAuthError, issuedToken, post } from '../../fixtures/tokens.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

/** Revokes a token. The answer is the same for valid and invalid tokens (RFC 7009 §2.2). */
async function revoke(t: Tap, app: FastifyInstance, form: Record<string, string>, by = basic()) {
  const response = await app.inject(post('/oauth2/revoke', form, { authorization: by }))
  t.equal(response.statusCode, 200)
  t.equal(response.body, '')
  t.equal(response.headers['content-type'], undefined)
  t.equal(response.headers['cache-control'], 'no-store')
}
type Tap = Pick<typeof t, 'equal'>

t.test('a revoked token is 401 (RFC 7009 §2)', async (t) => {
  const { app, create } = sandbox(t)
  const [token, other] = [await issuedToken(app), await issuedToken(app)]
  await revoke(t, app, { token, token_type_hint: 'refresh_token' })
  const response = await create(bearer(token))
  t.equal(response.statusCode, 401)
  t.match(response.headers['www-authenticate'], /invalid_token.*revoked/)
  t.equal((await create(bearer(other))).statusCode, 201, 'that one alone')
  await revoke(t, app, { token })
  t.match(app.control.requests.find({ operation: 'revoke-token' }), [
    { body: 'token=[masked]&token_type_hint=refresh_token', status: 200 },
    {},
  ])
})

t.test('tokens that a revocation ignores (RFC 7009 §2.1, §2.2)', async (t) => {
  const { app, create } = sandbox(t)
  await revoke(t, app, { token: 'unheard-of' })
  t.equal((await create(bearer('unheard-of'))).statusCode, 201, 'it is not ours')
  const token = await issuedToken(app)
  await revoke(t, app, { token }, basic('another-client'))
  t.equal((await create(bearer(token))).statusCode, 201, 'of another client')
  await revoke(t, app, { token: `${token}x` })
  t.equal((await create(bearer(token))).statusCode, 201, 'altered')
})

t.test('an expired token can be revoked: the clock may go back', async (t) => {
  const { app, create } = sandbox(t)
  const token = await issuedToken(app)
  app.control.clock.set({ mode: 'offset', offsetMs: 3_600_000 })
  await revoke(t, app, { token })
  app.control.clock.set({ mode: 'system' })
  t.equal((await create(bearer(token))).statusCode, 401)
})

t.test('a token of a sandbox with the same seed can be revoked', async (t) => {
  const token = await issuedToken(sandbox(t, { seed: 9 }).app)
  const { app, create } = sandbox(t, { seed: 9 })
  await revoke(t, app, { token })
  t.equal((await create(bearer(token))).statusCode, 401)
})

t.test('refused revocation requests (RFC 7009 §2.2.1)', async (t) => {
  const { app } = sandbox(t)
  for (const form of ['', 'token=', 'token=a&token=a']) {
    const response = await app.inject(post('/oauth2/revoke', form))
    isOAuthError(t, response, { status: 400, error: 'invalid_request' })
  }
})

t.test('a whole reset and an import forget revocations', async (t) => {
  const { app, create } = sandbox(t)
  const token = await issuedToken(app)
  const cases: { what: string; forget: () => void; status: number }[] = [
    {
      what: 'a reset of a part',
      forget: () => {
        app.control.reset({ only: ['webhooks', 'requests'] })
      },
      status: 401,
    },
    {
      what: 'a whole reset',
      forget: () => {
        app.control.reset()
      },
      status: 201,
    },
    {
      what: 'an import',
      forget: () => {
        app.control.state.import({})
      },
      status: 201,
    },
  ]
  for (const { what, forget, status } of cases) {
    await revoke(t, app, { token })
    forget()
    t.equal((await create(bearer(token))).statusCode, status, what)
  }
})

t.test('the number of revocations is limited', (t) => {
  let now = 0
  const revocations = new Revocations(() => now, 3)
  const known = () => ['a', 'b', 'c', 'd', 'e'].filter((jti) => revocations.has(jti)).join('')
  for (const [jti, exp] of [
    ['a', 30],
    ['b', 10],
    ['c', 30],
  ] as const) {
    revocations.add({ jti, exp })
  }
  t.equal(known(), 'abc')
  now = 10_000
  revocations.add({ jti: 'd', exp: 30 })
  t.equal(known(), 'acd', 'what has expired makes room')
  revocations.add({ jti: 'e', exp: 30 })
  t.equal(known(), 'cde', 'else the oldest')
  t.end()
})
