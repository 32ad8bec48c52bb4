import { Type, type TSchema } from '@sinclair/typebox'
import { documentedStatuses } from '../problems/problems.ts'
import type { ProblemStatus } from '../problems/types.ts'
import { ProblemDetail } from '../problems/schema.ts'

/** Header fields of an answer, by name. */
export type Headers = Readonly<Record<string, TSchema>>

/** A response as routes declare it; content by media type. */
export interface Response {
  readonly description: string
  readonly headers?: Headers
  readonly content: Readonly<Record<string, { readonly schema: TSchema }>>
}

/** A response with JSON. */
export const jsonResponse = (
  description: string,
  schema: TSchema,
  headers?: Headers,
): Response => ({
  description,
  ...(headers && { headers }),
  content: { 'application/json': { schema } },
})

/** A response without content. */
export const noContent = (
  description: string,
  headers?: Headers,
): { description: string; type: 'null'; headers?: Headers } => ({
  description,
  type: 'null',
  ...(headers && { headers }),
})

/** Descriptions of refusals, by status. */
export type Meanings = Partial<Record<ProblemStatus, string>>

/** Header fields of refusals, by status. */
export type HeadersByStatus = Partial<Record<ProblemStatus, Headers>>

/** The challenge to a request whose token is refused. */
export const challenge: Headers = {
  'WWW-Authenticate': Type.String({ description: 'What to authenticate by (RFC 6750 §3).' }),
}

/** Header fields of all refusals with these statuses (CONTRACT §4). */
export const usualHeaders = {
  405: { Allow: Type.String({ description: 'The methods that the path has.' }) },
  415: { Accept: Type.String({ description: 'The media type that is taken.' }) },
  503: { 'Retry-After': Type.String({ description: 'When to try again, in seconds.' }) },
} satisfies HeadersByStatus

/** Adds `Preference-Applied`, for refusals that a request asks for by `Prefer` (CONTRACT §4). */
export function withPreference(headersByStatus: HeadersByStatus): HeadersByStatus {
  const applied = Type.String({
    description: 'The preference that was followed, where this was asked for by `Prefer`.',
  })
  const rows = documentedStatuses.map((status) => [
    status,
    { ...headersByStatus[status], 'Preference-Applied': applied },
  ])
  return { ...headersByStatus, ...(Object.fromEntries(rows) as HeadersByStatus) }
}

/** Responses of refusals, with their descriptions and header fields, by status. */
export function refusals(
  meanings: Meanings,
  content: Response['content'],
  headersByStatus: HeadersByStatus = usualHeaders,
): Record<number, Response> {
  const responses: Record<number, Response> = {}
  for (const [status, description] of Object.entries(meanings)) {
    const headers = headersByStatus[Number(status) as ProblemStatus]
    responses[Number(status)] = { description, ...(headers && { headers }), content }
  }
  return responses
}

/** Responses of refusals that are problem details (RFC 9457). */
export const problemResponses = (
  meanings: Meanings,
  headersByStatus?: HeadersByStatus,
): Record<number, Response> =>
  refusals(meanings, { 'application/problem+json': { schema: ProblemDetail } }, headersByStatus)
