import { OptionalKind, Type, type Static, type TSchema } from '@sinclair/typebox'
import { Errors } from '@sinclair/typebox/errors'
import { Check } from '@sinclair/typebox/value'
import { nameOf } from '../guards.ts'
import { ApiError } from './problems.ts'
import { collectViolations, named, rulesOf, type Violations } from './violations.ts'

/**
 * Copies a value from a test. Getters and proxies are read once, so that the checked value is the one that is used.
 *
 * @param refuse - throws the violation if the value cannot be copied
 */
export function copied(value: unknown, refuse: (violations: Violations) => never): unknown {
  try {
    return structuredClone(value)
  } catch (error) {
    const detail =
      error instanceof RangeError
        ? 'must not be nested so deeply'
        : `must be plain data that can be copied, which failed with ${nameOf(error)}`
    return refuse({ total: 1, listed: [{ pointer: '#', detail }] })
  }
}

/**
 * Copies and validates a value from a test, over HTTP or from the library.
 *
 * @param document - the name of the value at the beginning of a sentence, such as `The fault`
 * @throws ApiError `bad-request` with the violations, if the value does not follow the schema
 */
export function requireShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  document: string,
): Static<Schema> {
  // JSON has no `undefined`; `null` is reported as a violation.
  const given = copied(value, (violations) => refused(document, violations)) ?? null
  if (Check(schema, given)) return given
  const filled = dropNulls(schema, given)
  if (Check(schema, filled)) return filled
  return refused(document, collectViolations(Errors(schema, filled)))
}

/**
 * Removes, from a copy, optional fields that are `null` although their schema does not allow it: generated clients send
 * omitted fields as `null`. Keeps required fields and the items of arrays.
 *
 * @returns the same copy
 */
export function dropNulls(schema: TSchema, copy: unknown): unknown {
  if (Array.isArray(copy)) {
    const items = schema['items'] as TSchema | undefined
    if (items) for (const item of copy) dropNulls(items, item)
    return copy
  }
  const { properties } = schema as { properties?: Record<string, TSchema> }
  if (typeof copy !== 'object' || copy === null || !properties) return copy
  const fields = copy as Record<string, unknown>
  for (const [name, known] of Object.entries(properties)) {
    if (isOmitted(known, fields[name])) Reflect.deleteProperty(fields, name)
    else dropNulls(known, fields[name])
  }
  return copy
}

const isOmitted = (schema: TSchema, field: unknown): boolean =>
  field === null && OptionalKind in schema && !Check(schema, null)

/**
 * Validates an id from a test.
 *
 * @throws ApiError `bad-request` if it is not a string
 */
export const requireId = (id: unknown): string => requireShape(Type.String(), id, 'The id')

/** @throws ApiError `bad-request` if there are violations */
export function refuseViolations(document: string, violations: Violations): void {
  if (violations.total > 0) refused(document, violations)
}

function refused(document: string, violations: Violations): never {
  const rules = rulesOf(violations.total)
  throw new ApiError('bad-request', `${document} breaks ${rules}: ${named(violations)}.`, {
    violations: violations.listed,
  })
}
