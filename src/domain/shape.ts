import type { Static, TSchema } from '@sinclair/typebox'
import { Errors } from '@sinclair/typebox/errors'
import { Check } from '@sinclair/typebox/value'
import { ApiError } from './problems.ts'
import { collectViolations, named, rulesOf, type Violations } from './violations.ts'

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
  const given = value ?? null // A value that is not there is as wrong as any other.
  if (!Check(schema, given)) {
    refuseViolations(document, collectViolations(Errors(schema, given)))
  }
  return given
}

/** @throws ApiError `bad-request` if there are violations */
export function refuseViolations(document: string, violations: Violations): void {
  if (violations.total === 0) return
  const rules = rulesOf(violations.total)
  throw new ApiError('bad-request', `${document} breaks ${rules}: ${named(violations)}.`, {
    violations: violations.listed,
  })
}
