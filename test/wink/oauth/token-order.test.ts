import type { InjectOptions } from 'fastify'
import t from 'tap'
import { Revocations } from '../../../src/wink/oauth/issued-tokens.ts'
import { entity } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'
import {
  basic,
  clientId,
  clientSecret,
  isOAuthError,
  issuedToken,
  partOf,
  post,
} from '../../fixtures/tokens.ts'
import { exchange, listening, requestText } from '../../fixtures/wire.ts'

interface Step {
  readonly name: string
  readonly form?: string
  readonly headers?: Record<string, string>
  readonly status: number
  readonly error: string
  readonly says: RegExp
}

/** Changes that break the checks of a token request one by one, in the order of the checks. */
const steps: Step[] = [
  {
    name: 'media type',
    headers: { 'content-type': 'application/json' },
    status: 400,
    error: 'invalid_request',
    says: /x-www-form-urlencoded/,
  },
  {
    name: 'body size',
    form: `x=${'y'.repeat(1024 * 1024)}`,
    status: 413,
    error: 'invalid_request',
    says: /1 MiB/,
  },
  {
    name: 'repeated parameters',
    form: 'client_id=a&client_id=a',
    status: 400,
    error: 'invalid_request',
    says: /client_id/,
  },
  {
    name: 'client',
    headers: { authorization: basic(clientId, 'wrong') },
    status: 401,
    error: 'invalid_client',
    says: /client/,
  },
  {
    name: 'grant type',
    form: 'grant_type=password',
    status: 400,
    error: 'unsupported_grant_type',
    says: /grant_type/,
  },
  {
    name: 'scope',
    form: 'scope=nonsense',
    status: 400,
    error: 'invalid_scope',
    says: /scopes/,
  },
]

/** A token request that breaks these checks, and no other. */
function breaking(broken: readonly Step[]): InjectOptions {
  const forms = broken.flatMap(({ form }) => form ?? [])
  const grant = forms.some((form) => form.startsWith('grant_type'))
    ? []
    : ['grant_type=client_credentials']
  const headers = Object.assign({}, ...broken.map((step) => step.headers)) as Record<string, string>
  return post('/oauth2/token', [...grant, ...forms].join('&'), headers)
}

t.test('the order of checks of a token request (docs/fidelity.md §5)', async (t) => {
  const { app } = sandbox(t, { data: { clients: [{ id: clientId, secret: clientSecret }] } })
  for (const [index, first] of steps.entries()) {
    for (const later of [undefined, ...steps.slice(index + 1)]) {
      await t.test(`${first.name} before ${later?.name ?? 'nothing'}`, async (t) => {
        const response = await app.inject(breaking(later ? [first, later] : [first]))
        isOAuthError(t, response, first)
        t.match(response.json<{ error_description: string }>().error_description, first.says)
      })
    }
  }
  t.equal((await app.inject(breaking([]))).statusCode, 200)
})

t.test('some refusals below /oauth2 stay problem details (docs/fidelity.md §5)', async (t) => {
  const server = await listening(t)
  const token = (target: string, headers = {}): string =>
    requestText(`POST ${target} HTTP/1.1`, headers, '')
  const cases = [
    { bytes: token('/oauth2/%zz'), status: 400 },
    { bytes: token('/oauth2/token', { 'content-length': 'x' }), status: 400 },
    { bytes: token('/.well-known/oauth-authorization-server'), status: 405 },
    { bytes: token('/.well-known/openid-configuration'), status: 404 },
    { bytes: token('/.well-known/%zz'), status: 400 },
  ]
  for (const { bytes, status } of cases) {
    const { head, status: answered } = await exchange(t, server, bytes)
    t.equal(answered, status, head)
    t.match(head, /^content-type: application\/problem\+json$/im)
  }
})

t.test('below /.well-known nothing is faulted or journaled, and OpenID is not there', async (t) => {
  const { app } = sandbox(t)
  const fault = app.control.faults.arm({ effect: { status: 503 }, times: null })
  const headers = { prefer: 'code=503' }
  const metadata = await app.inject({ url: '/.well-known/oauth-authorization-server', headers })
  t.equal(metadata.statusCode, 200)
  const openid = await app.inject({ url: '/.well-known/openid-configuration', headers })
  t.equal(openid.statusCode, 404)
  problemOf(t, openid)
  t.equal(app.control.faults.get(fault.id).matched, 0)
  t.equal(app.control.requests.count(), 0)
})

t.test('kid is a UUID', async (t) => {
  const { app } = sandbox(t)
  const uuid = new RegExp(`^${entity.replace(/[\da-f]/g, '[\\da-f]')}$`)
  t.match(partOf(await issuedToken(app), 0)['kid'], uuid)
})

t.test('10,000 revocations are remembered', (t) => {
  const revocations = new Revocations(() => 0)
  for (let number = 0; number < 10_000; number += 1) revocations.add({ jti: `${number}`, exp: 1 })
  t.ok(revocations.has('0'))
  revocations.add({ jti: 'more', exp: 1 })
  t.notOk(revocations.has('0'), 'the oldest made room')
  t.ok(revocations.has('1') && revocations.has('more'))
  t.end()
})
