import type { Scope } from './scopes.ts'
import { bearerTokenFormat } from '../../base/schema/formats.ts'
import { fieldsOf } from '../../http/headers.ts'
import { ApiError } from '../../base/problems/problems.ts'

const { test: isBearerToken, expected } = bearerTokenFormat

/**
 * All `Authorization` fields of a request: Node.js keeps only the first of them in `headers`.
 *
 * @param rawHeaders - names and values in turn, as they were sent
 */
export function authorizationFields(rawHeaders: readonly string[]): string[] {
  return fieldsOf(rawHeaders, 'authorization')
}

/**
 * The token of a request (CONTRACT §2; RFC 6750 §2.1).
 *
 * @param fields - the values of all `Authorization` fields of the request
 * @throws ApiError `unauthorized` where there is no token, or more than one, or one that is malformed
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
 * An option that callers must send as a token can be sent as one (RFC 6750 §2.1).
 *
 * @throws RangeError that says which option, and what it takes; it does not show the value
 */
export function requireBearerToken(option: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(option)) {
    if (value === undefined || (typeof value === 'string' && isBearerToken(value))) continue
    throw new RangeError(`${name} must be ${expected}`)
  }
}

/** The token of an `Authorization` field, whether it is well formed or not. */
export function bearerTokenOf(field: string | undefined): string | undefined {
  if (field === undefined || !/^bearer /i.test(field)) return undefined
  let start = 'Bearer '.length
  while (field[start] === ' ') start += 1
  return field.slice(start)
}

/**
 * The refusal of a token that was sent (RFC 6750 §3.1).
 *
 * @param description - what is wrong with it, in a sentence without quotes and backslashes
 */
export function invalidToken(description: string): ApiError {
  return new ApiError('unauthorized', `${description} Send one valid access token.`, {
    rule: 'access-token',
    headers: { 'www-authenticate': invalidTokenChallenge(description) },
  })
}

/** `WWW-Authenticate` for a token that was sent and is refused (RFC 6750 §3). */
export function invalidTokenChallenge(description: string): string {
  return `Bearer error="invalid_token", error_description="${description}"`
}

/** `WWW-Authenticate` for a token that lacks a scope (RFC 6750 §3; CONTRACT §4). */
export function insufficientScopeChallenge(scope: Scope): string {
  return `Bearer error="insufficient_scope", scope="${scope}"`
}
