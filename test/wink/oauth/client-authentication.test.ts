import type { InjectOptions } from 'fastify'
import t from 'tap'
import type { SandboxData } from '../../../src/index.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import {
  basic,
  clientId,
  clientSecret,
  isOAuthError,
  post,
  tokenRequest,
} from '../../fixtures/tokens.ts'

const id = 'a client: 100 %'
const secret = 'ü+/ &='
const data: SandboxData = {
  clients: [
    { id: clientId, secret: clientSecret },
    { id, secret },
    { id: 'reader', secret: 'r', scopes: ['account.read'], tokenLifetimeSeconds: 60 },
    { id: 'nobody', secret: 'n', scopes: [] },
  ],
}
const encoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1)
const inBody = { client_id: clientId, client_secret: clientSecret }
const none = { authorization: undefined }

t.test('accepted clients (RFC 6749 §2.3.1)', (t) => {
  const cases: { name: string; request: InjectOptions }[] = [
    { name: 'by HTTP Basic', request: tokenRequest() },
    {
      name: 'the scheme in another case, more blanks',
      request: tokenRequest({}, { authorization: basic().replace('Basic ', 'bASIC   ') }),
    },
    {
      name: 'id and secret are form-urlencoded inside',
      request: tokenRequest({}, { authorization: basic(encoded(id), encoded(secret)) }),
    },
    { name: 'in the body', request: tokenRequest(inBody, none) },
    {
      name: 'in the body, encoded once',
      request: tokenRequest({ client_id: id, client_secret: secret }, none),
    },
    {
      name: 'the same client_id in the body beside HTTP Basic',
      request: tokenRequest({ client_id: clientId }),
    },
    {
      name: 'an empty secret in the body counts as left out',
      request: tokenRequest({ client_secret: '' }),
    },
    ...['Bearer old', 'bearer', 'Digest a="b"', 'Basics YTpi', 'Basic-x YTpi', ''].map(
      (authorization) => ({
        name: `reports D7: in the body, beside an Authorization that is not Basic: "${authorization}"`,
        request: tokenRequest(inBody, { authorization }),
      }),
    ),
  ]
  const { app } = sandbox(t, { data }) // One sandbox for all cases, because importing the key is slow.
  for (const { name, request } of cases) {
    t.test(name, async (t) => {
      t.equal((await app.inject(request)).statusCode, 200)
    })
  }
  t.end()
})

t.test('reports F7: refused clients, each 401 with a challenge (RFC 6749 §5.2)', (t) => {
  const challenge = 'Basic realm="wink-webhook-mock"'
  const withHeader = (authorization: string): InjectOptions => tokenRequest({}, { authorization })
  const client = (name: string, request: InjectOptions) => ({
    name,
    request,
    status: 401,
    error: 'invalid_client',
    rule: 'client',
    challenge,
  })
  const malformed = (name: string, request: InjectOptions) => ({
    name,
    request,
    status: 400,
    error: 'invalid_request',
    rule: 'token-request',
    challenge: undefined,
  })
  const twoHeaders = { authorization: [basic(), basic()] } as unknown as Record<string, string>
  const twoSchemes = { authorization: ['Bearer x', basic()] } as unknown as Record<string, string>
  const cases = [
    client('a wrong secret', withHeader(basic(clientId, 'wrong'))),
    client('an unknown client', withHeader(basic('unknown'))),
    client('another case of the id', withHeader(basic(clientId.toUpperCase()))),
    client('an empty secret', withHeader(basic(clientId, ''))),
    client('an empty id', withHeader(basic(''))),
    client('no colon', withHeader(`Basic ${btoa(clientId)}`)),
    client('no base64', withHeader('Basic ?')),
    client('bad percent-encoding', withHeader(basic(clientId, '%zz'))),
    client('the scheme alone', withHeader('Basic')),
    client('another scheme', withHeader('Bearer token')),
    client('an empty header', withHeader('')),
    client(
      'another scheme, no secret',
      tokenRequest({ client_id: clientId }, { authorization: 'Bearer token' }),
    ),
    client(
      'another scheme, a wrong secret',
      tokenRequest({ ...inBody, client_secret: 'x' }, { authorization: 'Bearer token' }),
    ),
    client(
      'at the revocation endpoint, another scheme',
      post('/oauth2/revoke', 'token=x', { authorization: 'Bearer x' }),
    ),
    client('nothing', tokenRequest({}, none)),
    client('an id alone', tokenRequest({ client_id: clientId }, none)),
    client('a secret alone', tokenRequest({ client_secret: clientSecret }, none)),
    client('a wrong secret in the body', tokenRequest({ ...inBody, client_secret: 'x' }, none)),
    client('before the grant type', post('/oauth2/token', '', none)),
    client('at the revocation endpoint', post('/oauth2/revoke', 'token=x', none)),
    malformed('both ways at once', tokenRequest(inBody)),
    malformed('another client_id in the body', tokenRequest({ client_id: 'reader' })),
    malformed('two headers', tokenRequest({}, twoHeaders)),
    malformed('two headers, one of another scheme', tokenRequest(inBody, twoSchemes)),
    malformed('client_id twice', post('/oauth2/token', 'client_id=a&client_id=a', none)),
  ]
  for (const { name, request, status, error, rule, challenge } of cases) {
    t.test(`${name}: ${error}`, async (t) => {
      const { app } = sandbox(t, { data })
      const response = await app.inject(request)
      isOAuthError(t, response, { status, error })
      t.equal(response.headers['www-authenticate'], challenge)
      t.match(app.control.requests.find(), [{ diagnosis: { refusedBy: { rule } } }])
    })
  }
  t.test('a wrong secret and an unknown client look alike', async (t) => {
    const { app } = sandbox(t, { data })
    const wrong = await app.inject(withHeader(basic(clientId, 'wrong')))
    t.equal((await app.inject(withHeader(basic('unknown')))).body, wrong.body)
  })
  t.end()
})

t.test('without configured clients any id and secret works (CONTRACT §5)', async (t) => {
  const { app } = sandbox(t, { data: { tokens: [] } })
  t.equal((await app.inject(tokenRequest())).statusCode, 200)
  const empty = await app.inject(tokenRequest({}, { authorization: basic('x', '') }))
  isOAuthError(t, empty, { status: 401, error: 'invalid_client' })
})

t.test('an empty list accepts no client', async (t) => {
  const { app } = sandbox(t, { data: { clients: [] } })
  t.equal((await app.inject(tokenRequest())).statusCode, 401)
})

t.test('a client has its configured rights (CONTRACT §5)', (t) => {
  const cases: { client: [string, string]; scope?: string; status: number; body: object }[] = [
    { client: ['reader', 'r'], status: 200, body: { scope: 'account.read', expires_in: 60 } },
    { client: ['reader', 'r'], scope: 'account.read', status: 200, body: { expires_in: 60 } },
    {
      client: ['reader', 'r'],
      scope: 'account.read account.write',
      status: 400,
      body: { error: 'invalid_scope', error_description: /it may have account\.read\.$/ },
    },
    { client: ['nobody', 'n'], status: 200, body: { scope: '' } },
    {
      client: ['nobody', 'n'],
      scope: 'account.read',
      status: 400,
      body: { error: 'invalid_scope', error_description: /it may have none\.$/ },
    },
  ]
  const { app } = sandbox(t, { data })
  for (const { client, scope = '', status, body } of cases) {
    t.test(`${client[0]}, scope "${scope}": ${status}`, async (t) => {
      const request = tokenRequest({ scope }, { authorization: basic(...client) })
      const response = await app.inject(request)
      t.equal(response.statusCode, status)
      t.match(response.json(), body)
    })
  }
  t.end()
})
