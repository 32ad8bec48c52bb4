import { OptionalKind, Type, type Static, type TSchema } from '@sinclair/typebox'
import { Errors } from '@sinclair/typebox/errors'
import { Check } from '@sinclair/typebox/value'
import { nameOf } from '../options.ts'
import { ApiError } from './problems.ts'
import { collectViolations, named, rulesOf, type Violations } from './violations.ts'

/**
 * A copy of a value that a test gave. Getters and proxies are read once: what is checked is what is used.
 *
 * @param refuse - throws the violation of a value that cannot be copied
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
 * A copy of a value that a test gave, over HTTP or from the library.
 *
 * @param document - what it is, at the head of a sentence, such as `The fault`
 * @throws ApiError `bad-request` with every violation, if it does not follow the schema
 */
export function requireShape<Schema extends TSchema>(
  schema: Schema,
  value: unknown,
  document: string,
): Static<Schema> {
  // A value that is not there is as wrong as any other.
  const given = copied(value, (violations) => refused(document, violations)) ?? null
  if (Check(schema, given)) return given
  const filled = withoutNulls(schema, given)
  if (Check(schema, filled)) return filled
  return refused(document, collectViolations(Errors(schema, filled)))
}

/**
 * A value without the optional members that are `null` where that means nothing: clients that are generated send what is left
 * out so. Members that must be there stay, and so does what is in an array.
 */
export function withoutNulls(schema: TSchema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = schema['items'] as TSchema | undefined
    return items ? value.map((item) => withoutNulls(items, item)) : value
  }
  const { properties } = schema as { properties?: Record<string, TSchema> }
  if (typeof value !== 'object' || value === null || !properties) return value
  const members = Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (!known) return [[name, member]]
    const isLeftOut = member === null && OptionalKind in known && !Check(known, null)
    return isLeftOut ? [] : [[name, withoutNulls(known, member)]]
  })
  return Object.fromEntries(members) as unknown
}

/**
 * The id of something that a test asks for.
 *
 * @throws ApiError `bad-request` if it is no text
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
