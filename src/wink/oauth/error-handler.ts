import { oauthErrorHeaders, toOAuthError } from './oauth-error.ts'
import { errorHandler } from '../../http/problem-details.ts'

/** Answers refusals in the words of OAuth, never as problem details (RFC 6749 §5.2). */
export const sendOAuthError = errorHandler((refusal) => ({
  contentType: 'application/json',
  headers: oauthErrorHeaders(refusal),
  body: toOAuthError(refusal),
}))
