import type { WebhookScope } from './scopes.ts'
import { bearerTokenFormat } from '../../base/schema/formats.ts'
import { fieldsOf } from '../../http/headers.ts'
import { ApiError } from '../../base/problems/problems.ts'

const { test: isBearerToken, expected } = bearerTokenFormat

/**
 * All `Authorization` fields of a request. (Node's `headers` has only the first.)
 *
 * @param rawHeaders - alternating names and values
 */
export function authorizationFields(rawHeaders: readonly string[]): string[] {
  return fieldsOf(rawHeaders, 'authorization')
}

/**
 * The token of a request (CONTRACT §2; RFC 6750 §2.1).
 *
 * @param fields - the values of all `Authorization` fields of the request
 * @throws ApiError `unauthorized` if the token is missing, malformed or repeated
 */
export function requireToken(fields: readonly string[]): string {
  const [field = '', ...others] = fields
  if (others.length > 0) throw invalidToken('The request has more than one Authorization header.')
  const token = bearerTokenOf(field)
  if (token !== undefined && isBearerToken(token)) return token
  if (/^bearer/i.test(field)) {
    throw invalidToken('The Authorization header is not Bearer, a space and a b64token.')
  }
  throw new ApiError('unauthorized', 'Send an access token: "Authorization: Bearer <token>".', {
    rule: 'access-token',
  })
}

/**
 * Requires an option to be a valid bearer token (RFC 6750 §2.1), or undefined.
 *
 * @param option - the option's name and value
 * @throws RangeError that names the option and the expected form, but not the value
 */
export function requireBearerToken(option: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(option)) {
    if (value === undefined || (typeof value === 'string' && isBearerToken(value))) continue
    throw new RangeError(`${name} must be ${expected}`)
  }
}

/** The token of an `Authorization` field, which may be malformed; undefined for another scheme. */
export function bearerTokenOf(field: string | undefined): string | undefined {
  if (field === undefined || !/^bearer /i.test(field)) return undefined
  let start = 'Bearer '.length
  while (field[start] === ' ') start += 1
  return field.slice(start)
}

/**
 * The refusal of an invalid token (RFC 6750 §3.1).
 *
 * @param description - a sentence that says why, without quotes and backslashes
 */
export function invalidToken(description: string): ApiError {
  return new ApiError('unauthorized', `${description} Send one valid access token.`, {
    rule: 'access-token',
    headers: { 'www-authenticate': invalidTokenChallenge(description) },
  })
}

/** `WWW-Authenticate` for an invalid token (RFC 6750 §3). */
export function invalidTokenChallenge(description: string): string {
  return `Bearer error="invalid_token", error_description="${description}"`
}

/** `WWW-Authenticate` for a missing scope (RFC 6750 §3; CONTRACT §4). */
export function insufficientScopeChallenge(scope: WebhookScope): string {
  return `Bearer error="insufficient_scope", scope="${scope}"`
}
