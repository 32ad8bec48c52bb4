import { allScopes, isScope, scopeInWords, webhookScopes, type Scope } from '../auth/scopes.ts'
import { RevocationRequest, TokenRequest } from './schema.ts'
import { causeOf, type Cause } from '../../base/problems/causes.ts'
import type { Client } from './clients.ts'
import { badTokenRequest, type Form } from './form.ts'
import { ApiError } from '../../base/problems/problems.ts'

/** Parameter names of a token request. */
export const tokenParameters = Object.keys(TokenRequest.properties)
/** Parameter names of a revocation request. */
export const revocationParameters = Object.keys(RevocationRequest.properties)

/**
 * Requires the client credentials grant, the only one supported (CONTRACT §5).
 *
 * @throws ApiError `bad-request`
 */
export function requireGrantType(form: Form): void {
  const grantType = form.get('grant_type')
  if (grantType === 'client_credentials') return
  const detail = 'Send grant_type=client_credentials.'
  if (grantType === undefined) throw badTokenRequest(detail)
  throw new ApiError('bad-request', detail, { rule: 'grant-type' })
}

/** Syntax errors of a scope list, for any client. */
const scopeCauses: readonly Cause<string>[] = [
  {
    is: (scope) => /^\s|\s$|\s\s|[^\S ]/.test(scope),
    says: 'The parameter scope has a blank too many: separate scopes by one blank each, and by nothing else.',
    source: 'RFC 6749 §3.3',
  },
  {
    is: (scope) => scope.includes(','),
    says: 'The parameter scope has a comma: separate scopes by one blank each.',
    source: 'RFC 6749 §3.3',
  },
  {
    is: (scope) => !scope.split(' ').every(isScope),
    says: `The parameter scope has a name that is no scope of Wink. Its scopes are ${scopeInWords}.`,
    source: 'wink',
  },
]

/**
 * The scopes of the new token: the requested scopes, or by default those that the client is configured with, else those
 * of the webhook resource (RFC 6749 §3.3; CONTRACT §5).
 *
 * @throws ApiError `bad-request` if a scope is unknown or not allowed for this client
 */
export function grantedScopes(form: Form, { scopes }: Client): readonly Scope[] {
  const asked = form.get('scope')
  if (asked === undefined) return scopes ?? webhookScopes
  const grantable = scopes ?? allScopes
  const granted = [...new Set(asked.split(' '))].map((text) =>
    grantable.find((scope) => scope === text),
  )
  if (isWithoutGaps(granted)) return granted
  const allowed = grantable.length === 0 ? 'it may have none' : `it may have ${grantable.join(' ')}`
  const detail =
    causeOf(scopeCauses, asked) ?? `Ask for scopes that the client may have: ${allowed}.`
  throw new ApiError('bad-request', detail, { rule: 'token-scope' })
}

const isWithoutGaps = (scopes: readonly (Scope | undefined)[]): scopes is Scope[] =>
  !scopes.includes(undefined)

/**
 * The token to revoke (RFC 7009 §2.1).
 *
 * @throws ApiError `bad-request` if the parameter is missing
 */
export function requireTokenParameter(form: Form): string {
  const token = form.get('token')
  if (token === undefined) throw badTokenRequest('Send the token to revoke as the parameter token.')
  return token
}
