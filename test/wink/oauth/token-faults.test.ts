import t from 'tap'
import type { FaultEffect } from '../../../src/index.ts'
import { entity } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { isOAuthError, post, tokenRequest } from '../../fixtures/tokens.ts'

type Status = NonNullable<FaultEffect['status']>

const challenge = 'Basic realm="wink-webhook-mock"'

t.test('faults answer below /oauth2 as refusals do: OAuth errors (RFC 6749 §5.2)', async (t) => {
  const { app } = sandbox(t)
  const cases: { status: Status; error: string; headers?: Record<string, unknown> }[] = [
    { status: 400, error: 'invalid_request' },
    {
      status: 401,
      error: 'invalid_client',
      headers: { 'www-authenticate': challenge },
    },
    { status: 403, error: 'invalid_request', headers: { 'www-authenticate': undefined } },
    { status: 404, error: 'invalid_request' },
    { status: 405, error: 'invalid_request', headers: { allow: 'POST' } },
    { status: 415, error: 'invalid_request', headers: { accept: undefined } },
    { status: 429, error: 'temporarily_unavailable' },
    { status: 500, error: 'server_error' },
    { status: 502, error: 'server_error' },
    { status: 503, error: 'temporarily_unavailable', headers: { 'retry-after': '1' } },
  ]
  for (const { status, error, headers = {} } of cases) {
    for (const request of [tokenRequest(), post('/oauth2/revoke', 'token=x')]) {
      app.control.faults.arm({ effect: { status } })
      const response = await app.inject(request)
      isOAuthError(t, response, { status, error })
      for (const [name, value] of Object.entries(headers)) t.equal(response.headers[name], value)
    }
  }
  t.equal((await app.inject(tokenRequest())).statusCode, 200, 'it recovers')
})

t.test('unknown paths and the keys answer the same', async (t) => {
  const { app } = sandbox(t)
  for (const url of ['/oauth2/jwks', '/oauth2/nothing', '/oauth2', '/%6Fauth2/token']) {
    app.control.faults.arm({ effect: { status: 503 } })
    const error = 'temporarily_unavailable'
    isOAuthError(t, await app.inject(url), { status: 503, error })
  }
})

t.test('Prefer, Retry-After and detail are those of the fault', async (t) => {
  const { app } = sandbox(t)
  const preferred = await app.inject(
    tokenRequest({}, { prefer: 'code=401', authorization: undefined }),
  )
  isOAuthError(t, preferred, { status: 401, error: 'invalid_client' })
  t.equal(preferred.headers['preference-applied'], 'code=401')
  t.equal(preferred.headers['www-authenticate'], challenge)

  app.control.faults.arm({ effect: { status: 503, retryAfterSeconds: 7, detail: 'Größe: "x".' } })
  const late = await app.inject(tokenRequest())
  t.equal(late.headers['retry-after'], '7')
  t.match(late.json(), { error_description: 'Gre: x.' })
})

t.test('other fault bodies are unchanged', async (t) => {
  const { app } = sandbox(t)
  const { faults } = app.control
  faults.arm({ when: 'after-commit', effect: { status: 502, body: 'gateway-html' } })
  const lost = await app.inject(tokenRequest())
  t.equal(lost.statusCode, 502)
  t.equal(lost.headers['content-type'], 'text/html')

  faults.arm({ effect: { status: 401, body: 'spring-security' } })
  const refused = await app.inject(tokenRequest())
  t.equal(refused.headers['www-authenticate'], challenge)
  t.equal(refused.body, '')

  faults.arm({ effect: { status: 500, body: 'boot-error' } })
  t.match((await app.inject(tokenRequest())).json(), { error: 'Internal Server Error' })
})

t.test(
  'reports F7: a scripted 401 has its challenge, whatever its body (RFC 9110 §15.5.2)',
  async (t) => {
    const { app } = sandbox(t)
    const bodies = ['problem', 'spring-security', 'boot-error', 'gateway-html', 'empty'] as const
    for (const body of bodies) {
      for (const url of ['/oauth2/token', '/oauth2/revoke', '/oauth2/jwks', '/%6Fauth2/nothing']) {
        app.control.faults.arm({ effect: { status: 401, body } })
        const response = await app.inject({ method: 'POST', url })
        t.equal(response.statusCode, 401)
        t.equal(response.headers['www-authenticate'], challenge, `${body} at ${url}`)
      }
    }
    app.control.faults.arm({ effect: { status: 403, body: 'gateway-html' } })
    t.equal((await app.inject(tokenRequest())).headers['www-authenticate'], undefined)
  },
)

t.test('faults of other operations and managing entities do not match', async (t) => {
  const { app } = sandbox(t)
  const { faults } = app.control
  faults.arm({ match: { operation: 'revoke-token' }, effect: { status: 500 } })
  faults.arm({ match: { managingEntityIdentifier: entity }, effect: { status: 500 } })
  t.equal((await app.inject(tokenRequest())).statusCode, 200)
})
