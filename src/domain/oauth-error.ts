import type { OAuthError } from '../schemas/token.ts'
import type { ApiError } from './problems.ts'
import type { RuleName } from './rules.ts'

/** Nothing about tokens may be kept by a cache (RFC 6749 §5.1, §5.2). */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/** Error codes by the rule that was broken (RFC 6749 §5.2). */
const codesByRule: Partial<Record<RuleName, string>> = {
  client: 'invalid_client',
  'grant-type': 'unsupported_grant_type',
  'token-scope': 'invalid_scope',
}

/** Error codes of what is no fault of the client (RFC 6749 §4.1.2.1, for want of others). */
const codesByStatus: Partial<Record<number, string>> = {
  500: 'server_error',
  503: 'temporarily_unavailable',
}

/** The OAuth error that a refusal is told as (RFC 6749 §5.2); all others are `invalid_request`. */
export function toOAuthError({ rule, status, message }: ApiError): OAuthError {
  const code = (rule && codesByRule[rule]) ?? codesByStatus[status] ?? 'invalid_request'
  return { error: code, error_description: descriptionOf(message) }
}

/**
 * Header fields of an OAuth error. Only a client that used the `Authorization` header is told by what it
 * might have authenticated (RFC 6749 §5.2).
 */
export function oauthErrorHeaders(
  { headers, status }: ApiError,
  usedAuthorization: boolean,
): Record<string, string> {
  // The challenge of a refused client is not that of a refused token, which problems have.
  const others = Object.entries(headers).filter(([name]) => name !== 'www-authenticate')
  const isChallenged = status === 401 && usedAuthorization
  return {
    ...Object.fromEntries(others),
    ...noStore,
    ...(isChallenged && { 'www-authenticate': 'Basic realm="wink-webhook-mock"' }),
  }
}

/** Without the characters that a description may not have (RFC 6749 §5.2). */
const descriptionOf = (sentence: string): string => sentence.replace(/[^ !#-[\]-~]/g, '')
