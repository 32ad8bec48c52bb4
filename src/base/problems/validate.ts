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
    const detail = `must be plain data that can be copied, which failed with ${nameOf(error)}`
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
  const filled = withoutNulls(schema, given)
  if (Check(schema, filled)) return filled
  return refused(document, collectViolations(Errors(schema, filled)))
}

/**
 * Removes optional fields that are `null` although their schema does not allow it: generated clients send omitted fields as
 * `null`. Keeps required fields and the items of arrays.
 */
export function withoutNulls(schema: TSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = schema['items'] as TSchema | undefined
    return items ? value.map((item) => withoutNulls(items, item)) : value
  }
  const { properties } = schema as { properties?: Record<string, TSchema> }
  if (typeof value !== 'object' || value === null || !properties) return value
  const fields = Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (!known) return [[name, field]]
    const isOmitted = field === null && OptionalKind in known && !Check(known, null)
    return isOmitted ? [] : [[name, withoutNulls(known, field)]]
  })
  return Object.fromEntries(fields) as unknown
}

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
