import { Type, type Static } from '@sinclair/typebox'
import { exampleOAuthError } from '../examples.ts'
import {
  refusals,
  usualHeaders,
  type Headers,
  type Meanings,
  type Response,
  withPreference,
} from '../../base/openapi/responses.ts'
import { errorHandler } from '../../http/problem-details.ts'
import type { ApiError } from '../../base/problems/problems.ts'
import type { RuleName } from '../../base/problems/types.ts'

/** A refusal of the token or revocation endpoint (RFC 6749 §5.2). */
export const OAuthError = Type.Object(
  { error: Type.String(), error_description: Type.String() },
  { title: 'OAuthError', examples: [exampleOAuthError] },
)
export type OAuthError = Static<typeof OAuthError>

/** Header fields that forbid caches to store an answer about tokens (RFC 6749 §5.1, §5.2). */
export const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' } as const

/** The challenge of every 401 below `/oauth2` (RFC 9110 §15.5.2; CONTRACT §5). */
export const clientChallenge = {
  'www-authenticate': 'Basic realm="wink-webhook-mock"',
} as const

/** Error codes of broken rules (RFC 6749 §5.2). */
const codesByRule: Partial<Record<RuleName, string>> = {
  'grant-type': 'unsupported_grant_type',
  'token-scope': 'invalid_scope',
  'transfer-coding': 'invalid_request',
}

/** Error codes of all other rules. RFC 6749 §5.2 has none for server errors; these are from §4.1.2.1. */
function codeOfStatus(status: number): string {
  if (status === 401) return 'invalid_client'
  if (status === 429 || status === 503) return 'temporarily_unavailable'
  return status < 500 ? 'invalid_request' : 'server_error'
}

/** The body of a refusal (RFC 6749 §5.2). */
export function toOAuthError({ rule, status, message }: ApiError): OAuthError {
  const code = (rule && codesByRule[rule]) ?? codeOfStatus(status)
  return { error: code, error_description: descriptionOf(message) }
}

/** Header fields of problems that describe the API, not the token endpoint. */
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

/** Removes the characters that `error_description` may not have (RFC 6749 §5.2). */
const descriptionOf = (sentence: string): string => sentence.replace(/[^ !#-[\]-~]/g, '')

/** Answers refusals as OAuth errors instead of problem details (RFC 6749 §5.2). */
export const sendOAuthError = errorHandler((refusal) => ({
  contentType: 'application/json',
  headers: oauthErrorHeaders(refusal),
  body: toOAuthError(refusal),
}))

/** {@link noStore}, for the OpenAPI document. */
export const noStoreHeaders: Headers = {
  'Cache-Control': Type.String({ description: '`no-store`: nothing about tokens is kept.' }),
  Pragma: Type.String({ description: '`no-cache`, likewise.' }),
}

/** Descriptions of the refusals of the token and revocation endpoints, by status (RFC 6749 §5.2). */
export const tokenDescriptions = {
  400: 'The request is malformed, or asks for what is not granted.',
  401: 'The client is not known, or its secret is another.',
  405: 'Only where `Prefer` or a fault asks for it: this method is there.',
  413: 'The body has more than 1 MiB.',
  500: 'An unexpected failure.',
  503: 'The sandbox is shutting down.',
} satisfies Meanings

const headersByStatus = withPreference({
  400: noStoreHeaders,
  401: {
    ...noStoreHeaders,
    'WWW-Authenticate': Type.String({
      description: 'What to authenticate by: `Basic` (RFC 9110 §15.5.2).',
    }),
  },
  405: { ...noStoreHeaders, ...usualHeaders[405] },
  413: noStoreHeaders,
  500: noStoreHeaders,
  503: { ...noStoreHeaders, ...usualHeaders[503] },
})

/** The documented OAuth errors of an operation (RFC 6749 §5.2). */
export const oauthErrors = (descriptions: Meanings): Record<number, Response> =>
  refusals(descriptions, { 'application/json': { schema: OAuthError } }, headersByStatus)
