import t from 'tap'
import type { SandboxData } from '../../../src/index.ts'
import type { TokenResponse } from '../../../src/wink/oauth/schema.ts'
import { validBody, webhooksOf, entity } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import {
  clientId,
  clientSecret,
  documentedScopes,
  isOAuthError,
  issuedToken,
  tokenRequest,
} from '../../fixtures/tokens.ts'

const ofWebhooks = 'account.read account.write account.remove'
const everyScope = documentedScopes.join(' ')

/** Data with one client, which has these scopes or any. */
const withClient = (scopes?: string[]) =>
  ({ clients: [{ id: clientId, secret: clientSecret, ...(scopes && { scopes }) }] }) as SandboxData

t.test('the 30 scopes that Wink documents can be granted (CONTRACT §5)', async (t) => {
  const { app } = sandbox(t)
  t.equal(documentedScopes.length, 30)
  for (const scope of [...documentedScopes, everyScope]) {
    t.equal((await app.inject(tokenRequest({ scope }))).json<TokenResponse>().scope, scope)
  }
})

t.test('granted scopes, by client (CONTRACT §5; RFC 6749 §3.3)', (t) => {
  const cases: { name: string; data?: SandboxData; scope?: string; granted: string }[] = [
    { name: 'any client, none asked for', granted: ofWebhooks },
    { name: 'any client, others asked for', scope: 'mcp.read', granted: 'mcp.read' },
    { name: 'a client without scopes, none asked for', data: withClient(), granted: ofWebhooks },
    {
      name: 'a client without scopes, others asked for',
      data: withClient(),
      scope: 'inventory.read inventory.write',
      granted: 'inventory.read inventory.write',
    },
    {
      name: 'a client with scopes, none asked for',
      data: withClient(['booking.read', 'account.read']),
      granted: 'booking.read account.read',
    },
  ]
  for (const { name, data = {}, scope, granted } of cases) {
    t.test(name, async (t) => {
      const { app } = sandbox(t, { data })
      const response = await app.inject(tokenRequest({ ...(scope !== undefined && { scope }) }))
      t.equal(response.json<TokenResponse>().scope, granted)
    })
  }
  t.end()
})

t.test('refused scopes: the sentence tells an unknown one from one that is not allowed', (t) => {
  const unknown =
    'The parameter scope has a name that is no scope of Wink. Its scopes are SECTION.ACTION, where SECTION is one of account, inventory, booking, marketing, content, analytics, integrations, payment, accounting, mcp, and ACTION one of read, write, remove.'
  const cases: { name: string; data?: SandboxData; scope: string; says: string }[] = [
    { name: 'an unknown action', scope: 'booking.delete', says: unknown },
    { name: 'an unknown section', scope: 'account.read webhook.read', says: unknown },
    { name: 'upper case', scope: 'Account.read', says: unknown },
    {
      name: 'a scope that the client may not have',
      data: withClient(['account.read']),
      scope: 'booking.read',
      says: 'Ask for scopes that the client may have: it may have account.read.',
    },
    {
      name: 'a client that may have none',
      data: withClient([]),
      scope: 'booking.read',
      says: 'Ask for scopes that the client may have: it may have none.',
    },
  ]
  for (const { name, data = {}, scope, says } of cases) {
    t.test(name, async (t) => {
      const { app } = sandbox(t, { data })
      const response = await app.inject(tokenRequest({ scope }))
      isOAuthError(t, response, { status: 400, error: 'invalid_scope' })
      t.equal(response.json<{ error_description: string }>().error_description, says)
    })
  }
  t.end()
})

t.test('only the three scopes of accounts open anything (CONTRACT §5)', async (t) => {
  const { app } = sandbox(t)
  const scope = documentedScopes.filter((one) => !one.startsWith('account.')).join(' ')
  const headers = { authorization: `Bearer ${await issuedToken(app, { scope })}` }
  const url = webhooksOf(entity)
  const requests = [
    { method: 'POST', url, payload: validBody, scope: 'account.write' },
    { method: 'GET', url: `${url}/list`, scope: 'account.read' },
    {
      method: 'DELETE',
      url: `${url}/14ebec38-30a5-4c2a-8200-1bb8539bb073`,
      scope: 'account.remove',
    },
  ] as const
  for (const { scope, ...request } of requests) {
    const response = await app.inject({ ...request, headers })
    t.equal(response.statusCode, 403)
    t.match(response.headers['www-authenticate'], `scope="${scope}"`)
  }
})

t.test('a configured token may have any of the 30 scopes', async (t) => {
  const data = { tokens: [{ token: 'a', scopes: ['mcp.write'] }] } satisfies SandboxData
  const { app, create } = sandbox(t, { data })
  t.equal((await create({ headers: { authorization: 'Bearer a' } })).statusCode, 403)
  t.strictSame(app.control.state.export().tokens, data.tokens)
})
