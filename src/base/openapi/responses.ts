import { Type, type TSchema } from '@sinclair/typebox'
import { documentedStatuses, type ProblemStatus } from '../problems/problems.ts'
import { Problem } from '../problems/schema.ts'

/** Header fields of an answer, by name. */
export type Headers = Readonly<Record<string, TSchema>>

/** An answer as routes declare it: what it means, and its content by media type. */
export interface Response {
  readonly description: string
  readonly headers?: Headers
  readonly content: Readonly<Record<string, { readonly schema: TSchema }>>
}

/** An answer in JSON. */
export const jsonResponse = (
  description: string,
  schema: TSchema,
  headers?: Headers,
): Response => ({
  description,
  ...(headers && { headers }),
  content: { 'application/json': { schema } },
})

/** An answer without content. */
export const noContent = (
  description: string,
  headers?: Headers,
): { description: string; type: 'null'; headers?: Headers } => ({
  description,
  type: 'null',
  ...(headers && { headers }),
})

/** What each refusal means, by its status. */
export type Meanings = Partial<Record<ProblemStatus, string>>

/** Header fields of refusals, by status. */
export type HeadersByStatus = Partial<Record<ProblemStatus, Headers>>

/** The challenge of a token that was refused. */
export const challenge: Headers = {
  'WWW-Authenticate': Type.String({ description: 'What to authenticate by (RFC 6750 §3).' }),
}

/** Header fields that a refusal has wherever it comes from (CONTRACT §4). */
export const usualHeaders = {
  405: { Allow: Type.String({ description: 'The methods that the path has.' }) },
  415: { Accept: Type.String({ description: 'The media type that is taken.' }) },
  503: { 'Retry-After': Type.String({ description: 'When to try again, in seconds.' }) },
} satisfies HeadersByStatus

/** The same, and what says that a refusal was asked for by `Prefer` (CONTRACT §4). */
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

/** Refusals by status, each with its meaning and its header fields. */
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

/** Refusals that are problem details (RFC 9457). */
export const problemResponses = (
  meanings: Meanings,
  headersByStatus?: HeadersByStatus,
): Record<number, Response> =>
  refusals(meanings, { 'application/problem+json': { schema: Problem } }, headersByStatus)
