import type { InjectOptions } from 'fastify'
import t from 'tap'
import { buildApp } from '../../../src/index.ts'
import { fastifyOf, now, sandbox } from '../../fixtures/sandbox.ts'
import { clientId, isOAuthError, partOf, post, tokenRequest } from '../../fixtures/tokens.ts'
import { exchange, listening } from '../../fixtures/wire.ts'
import { recorder } from '../../fixtures/recorder.ts'

const all = 'account.read account.write account.remove'
const form = 'grant_type=client_credentials'

t.test('POST /oauth2/token answers a token (RFC 6749 §5.1, §4.4.3)', async (t) => {
  const { app } = sandbox(t)
  const response = await app.inject(tokenRequest())
  t.equal(response.statusCode, 200)
  t.match(response.headers, {
    'content-type': /^application\/json$/,
    'cache-control': 'no-store',
    pragma: 'no-cache',
  })
  const body = response.json<Record<string, unknown>>()
  t.strictSame(Object.keys(body), ['access_token', 'token_type', 'expires_in', 'scope'])
  t.match(body, { token_type: 'Bearer', expires_in: 10_800, scope: all })
  const token = String(body['access_token'])
  t.match(partOf(token, 0), { kid: String, typ: 'JWT', alg: 'RS256' })
  const iat = Date.parse(now) / 1000
  t.strictSame(
    { ...partOf(token, 1), jti: '' },
    {
      iss: 'http://localhost:80',
      sub: '30e0251c-bd8f-58bc-9e48-f4305be43a05', // uuidgen --sha1 --namespace @url --name my-client
      aud: clientId,
      client_id: clientId,
      scope: all,
      iat,
      nbf: iat,
      exp: iat + 10_800,
      jti: '',
    },
  )
})

t.test('valid token requests', (t) => {
  const cases: { name: string; request: InjectOptions; scope?: string; source: string }[] = [
    {
      name: 'a scope',
      request: tokenRequest({ scope: 'account.read' }),
      scope: 'account.read',
      source: 'RFC 6749 §3.3',
    },
    {
      name: 'scopes, one twice',
      request: tokenRequest({ scope: 'account.write account.read account.write' }),
      scope: 'account.write account.read',
      source: 'RFC 6749 §3.3',
    },
    { name: 'an empty scope', request: tokenRequest({ scope: '' }), source: 'RFC 6749 §3.1' },
    {
      name: 'empty, and then not',
      request: post('/oauth2/token', `grant_type=&${form}`),
      source: 'RFC 6749 §3.1',
    },
    {
      name: 'unknown parameters, one twice',
      request: post('/oauth2/token', `${form}&resource=a&resource=b&__proto__=x`),
      source: 'RFC 6749 §3.1',
    },
    {
      name: 'parameters in the query do not count',
      request: { ...tokenRequest(), url: '/oauth2/token?scope=nonsense&grant_type=password' },
      source: 'RFC 6749 §3.2',
    },
    {
      name: 'a charset',
      request: tokenRequest(
        {},
        { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' },
      ),
      source: 'RFC 9110 §8.3',
    },
  ]
  const { app } = sandbox(t) // One sandbox for all cases, because importing the key is slow.
  for (const { name, request, scope = all, source } of cases) {
    t.test(`${name} (${source})`, async (t) => {
      const response = await app.inject(request)
      t.equal(response.statusCode, 200)
      t.match(response.json(), { scope })
    })
  }
  t.end()
})

t.test('refused token requests are OAuth errors (RFC 6749 §5.2)', (t) => {
  const typed = (contentType: string | undefined) =>
    tokenRequest({}, { 'content-type': contentType })
  const cases: {
    name: string
    request: InjectOptions
    error: string
    status?: number
    rule: string
  }[] = [
    {
      name: 'no grant type',
      request: post('/oauth2/token', 'scope=account.read'),
      error: 'invalid_request',
      rule: 'token-request',
    },
    {
      name: 'an empty body',
      request: post('/oauth2/token', ''),
      error: 'invalid_request',
      rule: 'token-request',
    },
    {
      name: 'the grant type twice',
      request: post('/oauth2/token', `${form}&${form}`),
      error: 'invalid_request',
      rule: 'token-request',
    },
    {
      name: 'another grant type',
      request: tokenRequest({ grant_type: 'authorization_code' }),
      error: 'unsupported_grant_type',
      rule: 'grant-type',
    },
    {
      name: 'a grant type in another case',
      request: tokenRequest({ grant_type: 'Client_Credentials' }),
      error: 'unsupported_grant_type',
      rule: 'grant-type',
    },
    {
      name: 'an unknown scope',
      request: tokenRequest({ scope: 'account.read booking.delete' }),
      error: 'invalid_scope',
      rule: 'token-scope',
    },
    {
      name: 'two blanks between scopes',
      request: tokenRequest({ scope: 'account.read  account.write' }),
      error: 'invalid_scope',
      rule: 'token-scope',
    },
    {
      name: 'JSON',
      request: typed('application/json'),
      error: 'invalid_request',
      rule: 'token-request',
    },
    { name: 'no type', request: typed(undefined), error: 'invalid_request', rule: 'token-request' },
    {
      name: 'another charset',
      request: typed('application/x-www-form-urlencoded; charset=latin1'),
      error: 'invalid_request',
      rule: 'token-request',
    },
    {
      name: 'a body that is too large',
      request: tokenRequest({ x: 'y'.repeat(1024 * 1024) }),
      error: 'invalid_request',
      status: 413,
      rule: 'body-size',
    },
  ]
  for (const { name, request, error, status = 400, rule } of cases) {
    t.test(`${name}: ${error}`, async (t) => {
      const { app } = sandbox(t)
      const response = await app.inject(request)
      isOAuthError(t, response, { status, error })
      t.equal(response.headers['www-authenticate'], undefined)
      const [journaled] = app.control.requests.find({ operation: 'create-token' })
      t.match(journaled, { status, diagnosis: { refusedBy: { rule }, hints: [] } })
    })
  }
  t.end()
})

t.test('other verbs are 405 with Allow (RFC 9110 §15.5.6)', async (t) => {
  const { app } = sandbox(t)
  for (const url of ['/oauth2/token', '/oauth2/revoke']) {
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS'] as const) {
      const response = await app.inject({ method, url })
      isOAuthError(t, response, { status: 405, error: 'invalid_request' })
      t.equal(response.headers.allow, 'POST')
    }
    t.equal((await app.inject({ method: 'HEAD', url })).statusCode, 405)
  }
  const unknown = await app.inject(post('/oauth2/tokens', form))
  isOAuthError(t, unknown, { status: 404, error: 'invalid_request' })
})

t.test('an unexpected failure is server_error, without details', async (t) => {
  const { logger, lines } = recorder()
  const clock = (): number => {
    throw new Error('s3cr3t')
  }
  const app = fastifyOf(buildApp({ clock, logger, maxJournalEntries: 0 }))
  t.teardown(() => app.close())
  const response = await app.inject(tokenRequest())
  isOAuthError(t, response, { status: 500, error: 'server_error' })
  t.notMatch(response.body, 's3cr3t')
  t.match(lines.join(''), 's3cr3t', 'the log says why')
})

t.test('a request without Host: the description has only allowed characters', async (t) => {
  const server = await listening(t)
  for (const line of ['POST /oauth2/token HTTP/1.1', 'GET /oauth2/jwks HTTP/1.1']) {
    const head = `${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
    const { status, body } = await exchange(t, server, head)
    t.equal(status, 400)
    t.match(JSON.parse(body), { error: 'invalid_request', error_description: /^[ !#-[\]-~]+$/ })
  }
})

t.test('the option sets the lifetime of tokens', async (t) => {
  const { app } = sandbox(t, { tokenLifetimeSeconds: 86_400 })
  t.match((await app.inject(tokenRequest())).json(), { expires_in: 86_400 })
  for (const tokenLifetimeSeconds of [0, 86_401, 1.5, '300' as never]) {
    t.throws(() => buildApp({ tokenLifetimeSeconds }), {
      name: 'RangeError',
      message: /^tokenLifetimeSeconds must be a whole number from 1 to 86400, not /,
    })
  }
})
