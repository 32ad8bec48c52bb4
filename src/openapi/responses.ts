import { Type, type TSchema } from '@sinclair/typebox'
import type { ProblemStatus } from '../domain/problems.ts'
import { Problem } from '../schemas/problem.ts'
import { OAuthError } from '../schemas/token.ts'

/** An answer as routes declare it: what it means, and its content by media type. */
interface Response {
  readonly description: string
  readonly headers?: Readonly<Record<string, TSchema>>
  readonly content: Readonly<Record<string, { readonly schema: TSchema }>>
}

/** An answer in JSON. */
export const jsonResponse = (description: string, schema: TSchema): Response => ({
  description,
  content: { 'application/json': { schema } },
})

/** An answer without content. */
export const noContent = (description: string): { description: string; type: 'null' } => ({
  description,
  type: 'null',
})

const challenge = {
  'WWW-Authenticate': Type.String({ description: 'What to authenticate by (RFC 6750 §3).' }),
}

/** When a status is answered, and which header fields it has (CONTRACT §4). */
const refusals = {
  400: {
    description: 'The request breaks a rule; `properties.errors` points at those of the body.',
  },
  401: {
    description: 'There is no token, or one that is malformed, unknown, expired or revoked.',
    headers: challenge,
  },
  403: {
    description: 'The token lacks the scope, or may not manage this managing entity.',
    headers: challenge,
  },
  404: { description: 'There is no such path, or nothing there.' },
  405: {
    description: 'The path has no such method.',
    headers: { Allow: Type.String({ description: 'The methods that it has.' }) },
  },
  408: { description: 'It did not happen in time.' },
  409: { description: 'It is not as the request takes it to be.' },
  413: { description: 'The body is too large.' },
  415: {
    description: 'The body is not `application/json`.',
    headers: { Accept: Type.String({ description: 'The media type that is taken.' }) },
  },
  500: { description: 'An unexpected failure.' },
  503: {
    description: 'The store is full, or the sandbox is shutting down.',
    headers: { 'Retry-After': Type.String({ description: 'When to try again, in seconds.' }) },
  },
} satisfies Partial<Record<ProblemStatus, Omit<Response, 'content'>>>

type Refusal = keyof typeof refusals

/** Answers that are problem details (RFC 9457), by status. */
export function problemResponses(...statuses: Refusal[]): Record<number, Response> {
  const content = { 'application/problem+json': { schema: Problem } }
  return Object.fromEntries(statuses.map((status) => [status, { ...refusals[status], content }]))
}

/** The problems of every operation of the API (CONTRACT §4, §6). */
export const apiProblems = problemResponses(400, 401, 403, 404, 405, 409, 413, 415, 500, 503)

/** The problems that every operation of the control API can answer. */
export const controlProblems = problemResponses(400, 401, 403, 500)

/** What the token endpoints answer in place of problems (RFC 6749 §5.2). */
export const oauthErrors = Object.fromEntries(
  Object.entries({
    400: 'The request is malformed, or asks for what is not granted.',
    401: 'The client is not known, or its secret is another.',
    500: 'An unexpected failure.',
    503: 'The sandbox is shutting down.',
  }).map(([status, description]) => [status, jsonResponse(description, OAuthError)]),
)
