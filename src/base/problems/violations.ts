import { Kind, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { formatOf } from '../schema/formats.ts'
import type { Violation } from './types.ts'
import { literalsOf } from '../schema/literals.ts'
import { causeOf } from './causes.ts'
import { meantName } from '../similar-names.ts'

/** Number of violations that an answer lists (CONTRACT §2). */
export const maxListedViolations = 50

/** Number of violations that are counted: counting all of 350,000 would block other requests. */
const maxCountedViolations = 1_000

/** Number of violations that a sentence names. */
const maxNamedViolations = 3

/** The violations of a value: their number, and the first of them. */
export interface Violations {
  /** Number of violations; 1,001 stands for any number above 1,000. */
  readonly total: number
  readonly listed: readonly Violation[]
}

/**
 * Counts and describes the violations that TypeBox found.
 *
 * @param errors - read once and lazily, up to the limit of the count
 */
export function collectViolations(errors: Iterable<ValueError>): Violations {
  const listed: Violation[] = []
  let total = 0
  // TypeBox reports a missing field twice: as missing, then as `undefined`.
  const missing = new Set<string>()
  for (const error of errors) {
    if (error.type === ValueErrorType.ObjectRequiredProperty) missing.add(error.path)
    else if (error.value === undefined && missing.has(error.path)) continue
    total += 1
    if (total <= maxListedViolations) listed.push(toViolation(error))
    if (total > maxCountedViolations) break
  }
  return { total, listed }
}

/** A sentence about all violations; it begins with `document`, such as `The body`. */
export function summarize(document: string, { total, listed: [first] }: Violations): string {
  if (total === 1 && first) return `${document} breaks 1 rule: ${first.pointer} ${first.detail}.`
  const which = total > maxListedViolations ? `the first ${maxListedViolations}` : 'them'
  return `${document} breaks ${rulesOf(total)}; properties.errors lists ${which}.`
}

/** The number of broken rules, in words. */
export function rulesOf(total: number): string {
  if (total > maxCountedViolations) return 'more than 1,000 rules'
  return total === 1 ? '1 rule' : `${total} rules`
}

/** The first violations with their places, and the number of the others. */
export function named({ total, listed }: Violations): string {
  const first = listed.slice(0, maxNamedViolations)
  const others = total > maxCountedViolations ? 'many' : total - first.length
  const more = total > first.length ? `; and ${others} more` : ''
  return first.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') + more
}

function toViolation(error: ValueError): Violation {
  /* c8 ignore next - a check without a row uses TypeBox's words */
  const detail = expectations[error.type]?.(error.schema, error.value, error.path) ?? error.message
  return { pointer: `#${error.path.split('/').map(encodeFragment).join('/')}`, detail }
}

/** Encodes for a URI fragment; a lone surrogate, which a URI cannot hold, becomes U+FFFD. */
export const encodeFragment = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString())

/** Expectations in words, by TypeBox's error type. A new kind of check is a new row. */
const expectations: Partial<
  Record<ValueErrorType, (schema: TSchema, value: unknown, path: string) => string>
> = {
  [ValueErrorType.ObjectRequiredProperty]: () => 'must be present',
  [ValueErrorType.ObjectAdditionalProperties]: (schema, _value, path) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const meant = meantName(name, Object.keys(schema['properties'] as object))
    const hint = meant === undefined ? '' : `; ${meant} may be meant`
    return `must be left out: no such member is known${hint}`
  },
  [ValueErrorType.Object]: () => 'must be an object',
  [ValueErrorType.Array]: () => 'must be an array',
  [ValueErrorType.ArrayMinItems]: () => 'must have at least 1 item',
  [ValueErrorType.ArrayMaxItems]: (schema) =>
    `must have at most ${String(schema['maxItems'])} items`,
  [ValueErrorType.String]: () => 'must be a string',
  [ValueErrorType.StringMinLength]: () => 'must have at least 1 character',
  [ValueErrorType.Number]: () => 'must be a number',
  [ValueErrorType.NumberMinimum]: (schema) => `must be at least ${String(schema['minimum'])}`,
  [ValueErrorType.NumberMaximum]: (schema) => `must be at most ${String(schema['maximum'])}`,
  [ValueErrorType.IntegerMaximum]: (schema) => `must be at most ${String(schema['maximum'])}`,
  [ValueErrorType.Boolean]: () => 'must be true or false',
  [ValueErrorType.Integer]: () => 'must be a whole number',
  [ValueErrorType.IntegerMinimum]: (schema) => `must be at least ${String(schema['minimum'])}`,
  [ValueErrorType.Union]: (schema, value) =>
    `must be ${alternatives(schema)}${withCause(schema['anyOf'] as TSchema[], value)}`,
  [ValueErrorType.Kind]: (schema, value) =>
    `must be ${formOf(schema)}${withCause([schema], value)}`,
}

/** The reason why a string has none of the expected formats, as the end of a sentence; empty if it is unknown. */
function withCause(schemas: readonly TSchema[], value: unknown): string {
  if (typeof value !== 'string') return ''
  const causes = schemas.flatMap((schema) => formatOf(schema)?.causes ?? [])
  const cause = causeOf(causes, value)
  return cause === undefined ? '' : `; ${cause}`
}

/** The alternatives of a union, in words. */
function alternatives(union: TSchema): string {
  const members = union['anyOf'] as TSchema[]
  if (members.every((member) => 'const' in member)) return `one of ${literalsOf(union).join(', ')}`
  return members.map(formOf).join(' or ')
}

function formOf(schema: TSchema): string {
  const { [Kind]: kind, minimum, maximum } = schema
  const format = formatOf(schema)
  if (format) return format.expected
  if (kind === 'Null') return 'null'
  const from = `a whole number from ${String(minimum)}`
  return maximum === undefined ? from : `${from} to ${String(maximum)}`
}
