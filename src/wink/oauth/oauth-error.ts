import type { OAuthError } from './schema.ts'
import type { ApiError } from '../../base/problems/problems.ts'
import type { RuleName } from '../../base/problems/rules.ts'

/** Nothing about tokens may be kept by a cache (RFC 6749 §5.1, §5.2). */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/** The challenge of every 401 below `/oauth2` (RFC 9110 §15.5.2; CONTRACT §5). */
export const clientChallenge = {
  'www-authenticate': 'Basic realm="wink-webhook-mock"',
} as const

/** Error codes by the rule that was broken (RFC 6749 §5.2). */
const codesByRule: Partial<Record<RuleName, string>> = {
  'grant-type': 'unsupported_grant_type',
  'token-scope': 'invalid_scope',
  'transfer-coding': 'invalid_request',
}

/** Error codes of what is no fault of the request (RFC 6749 §4.1.2.1, for want of others), and of 401. */
function codeOfStatus(status: number): string {
  if (status === 401) return 'invalid_client'
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status < 500 ? 'invalid_request' : 'server_error'
}

/** The OAuth error that a refusal is told as (RFC 6749 §5.2). */
export function toOAuthError({ rule, status, message }: ApiError): OAuthError {
  const code = (rule && codesByRule[rule]) ?? codeOfStatus(status)
  return { error: code, error_description: descriptionOf(message) }
}

/** What problems say that is not so here: what tokens and which media type the API takes. */
const problemFields: readonly string[] = ['www-authenticate', 'accept']

/** Header fields of an OAuth error. */
export function oauthErrorHeaders({ headers, status }: ApiError): Record<string, string> {
  const others = Object.entries(headers).filter(([name]) => !problemFields.includes(name))
  return {
    ...Object.fromEntries(others),
    ...noStore,
    ...(status === 401 && clientChallenge),
  }
}

/** Without the characters that a description may not have (RFC 6749 §5.2). */
const descriptionOf = (sentence: string): string => sentence.replace(/[^ !#-[\]-~]/g, '')
