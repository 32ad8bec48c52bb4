import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { ApiError } from './problems.ts'
import { collectViolations, summarize, type Violations } from './violations.ts'

/**
 * A value that a test gave, over HTTP or from the library.
 *
 * @param document - what it is, at the head of a sentence, such as `The fault`
 * @throws ApiError `bad-request` with every violation, if it does not follow the schema
 */
export function requireShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  document: string,
): Static<Schema> {
  if (!Value.Check(schema, value)) {
    refuseViolations(document, collectViolations(Value.Errors(schema, value)))
  }
  return value
}

/** @throws ApiError `bad-request` if there are violations */
export function refuseViolations(document: string, violations: Violations): void {
  if (violations.total === 0) return
  throw new ApiError('bad-request', summarize(document, violations), {
    violations: violations.listed,
  })
}
