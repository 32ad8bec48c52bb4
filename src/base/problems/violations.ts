import { Kind, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { formatOf } from '../schema/formats.ts'
import type { Violation } from './schema.ts'
import { literalsOf } from '../schema/literals.ts'
import { causeOf } from './causes.ts'

/** How many violations an answer lists (CONTRACT §2). */
export const maxListedViolations = 50

/** How many violations are counted: to count them all in a body of 350,000 would hold everybody else up. */
const maxCountedViolations = 1_000

/** How many of them a sentence names. */
const maxNamedViolations = 3

/** What is wrong with a value: counted, and the first of it listed. */
export interface Violations {
  /** Number of violations; one more than 1,000 stands for any number above it. */
  readonly total: number
  readonly listed: readonly Violation[]
}

/**
 * Counts and words the violations that a TypeBox checker found.
 *
 * @param errors - read once and lazily, up to the number that is counted
 */
export function collectViolations(errors: Iterable<ValueError>): Violations {
  const listed: Violation[] = []
  let total = 0
  for (const error of errors) {
    if (isEcho(error)) continue
    total += 1
    if (total <= maxListedViolations) listed.push(toViolation(error))
    if (total > maxCountedViolations) break
  }
  return { total, listed }
}

/** One sentence about them all. `document` names what was checked, such as `The body`. */
export function summarize(document: string, { total, listed: [first] }: Violations): string {
  if (total === 1 && first) return `${document} breaks 1 rule: ${first.pointer} ${first.detail}.`
  const which = total > maxListedViolations ? `the first ${maxListedViolations}` : 'them'
  return `${document} breaks ${rulesOf(total)}; properties.errors lists ${which}.`
}

/** How many rules are broken, in words. */
export function rulesOf(total: number): string {
  if (total > maxCountedViolations) return 'more than 1,000 rules'
  return total === 1 ? '1 rule' : `${total} rules`
}

/** The first of them, each with its place, and how many more there are. */
export function named({ total, listed }: Violations): string {
  const first = listed.slice(0, maxNamedViolations)
  const others = total > maxCountedViolations ? 'many' : total - first.length
  const more = total > first.length ? `; and ${others} more` : ''
  return first.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ') + more
}

/** TypeBox reports a missing member twice: as missing, and as `undefined`, which JSON does not have. */
function isEcho({ type, value }: ValueError): boolean {
  return value === undefined && type !== ValueErrorType.ObjectRequiredProperty
}

function toViolation(error: ValueError): Violation {
  /* c8 ignore next - a check without a row says it in TypeBox's words */
  const detail = expectations[error.type]?.(error.schema, error.value) ?? error.message
  return { pointer: `#${error.path.split('/').map(encodeFragment).join('/')}`, detail }
}

/** Encodes for a URI fragment; half a surrogate pair, which no URI can hold, becomes U+FFFD. */
const encodeFragment = (text: string): string => encodeURIComponent(Buffer.from(text).toString())

/** What must be true of a value, by what is wrong with it; a new check of a schema is a new row. */
const expectations: Partial<Record<ValueErrorType, (schema: TSchema, value: unknown) => string>> = {
  [ValueErrorType.ObjectRequiredProperty]: () => 'must be present',
  [ValueErrorType.ObjectAdditionalProperties]: () => 'must be left out: no such member is known',
  [ValueErrorType.Object]: () => 'must be an object',
  [ValueErrorType.Array]: () => 'must be an array',
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

/** Why a value is none of the strings that it might be, as the end of a sentence; nothing where that is unknown. */
function withCause(schemas: readonly TSchema[], value: unknown): string {
  if (typeof value !== 'string') return ''
  const causes = schemas.flatMap((schema) => formatOf(schema)?.causes ?? [])
  const cause = causeOf(causes, value)
  return cause === undefined ? '' : `; ${cause}`
}

/** What a union takes: one of its constants, or else one of several forms. */
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
