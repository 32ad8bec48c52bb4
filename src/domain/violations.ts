import { Kind, type TSchema } from '@sinclair/typebox'
import { ValueErrorType, type ValueError } from '@sinclair/typebox/errors'
import { stringKinds } from '../schemas/kinds.ts'
import type { Violation } from '../schemas/problem.ts'

/** How many violations an answer lists (CONTRACT §2). */
export const maxListedViolations = 50

/** What is wrong with a value: all of it counted, the first of it listed. */
export interface Violations {
  readonly total: number
  readonly listed: readonly Violation[]
}

/**
 * Counts and words the violations that a TypeBox checker found.
 *
 * @param errors - read once and lazily: a body of a million wrong items keeps 50 of them in memory
 */
export function collectViolations(errors: Iterable<ValueError>): Violations {
  const listed: Violation[] = []
  let total = 0
  for (const error of errors) {
    if (isEcho(error)) continue
    total += 1
    if (total <= maxListedViolations) listed.push(toViolation(error))
  }
  return { total, listed }
}

/** One sentence about them all. `document` names what was checked, such as `The body`. */
export function summarize(document: string, { total, listed: [first] }: Violations): string {
  if (total === 1 && first) return `${document} breaks 1 rule: ${first.pointer} ${first.detail}.`
  const which = total > maxListedViolations ? `the first ${maxListedViolations}` : 'them'
  return `${document} breaks ${total} rules; properties.errors lists ${which}.`
}

/** TypeBox reports a missing member twice: as missing, and as `undefined`, which JSON does not have. */
function isEcho({ type, value }: ValueError): boolean {
  return value === undefined && type !== ValueErrorType.ObjectRequiredProperty
}

function toViolation(error: ValueError): Violation {
  return {
    pointer: `#${error.path.split('/').map(encodeURIComponent).join('/')}`,
    detail: expectation(error),
  }
}

function expectation({ type, schema, message }: ValueError): string {
  switch (type) {
    case ValueErrorType.ObjectRequiredProperty:
      return 'must be present'
    case ValueErrorType.ObjectAdditionalProperties:
      return 'must be left out: no such member is known'
    case ValueErrorType.Object:
      return 'must be an object'
    case ValueErrorType.Array:
      return 'must be an array'
    case ValueErrorType.String:
      return 'must be a string'
    case ValueErrorType.StringMinLength:
      return 'must have at least 1 character'
    case ValueErrorType.Boolean:
      return 'must be true or false'
    case ValueErrorType.Union:
      return `must be one of ${literalsOf(schema).join(', ')}`
    case ValueErrorType.Kind:
      return `must be ${stringKinds[schema[Kind] as keyof typeof stringKinds].expected}`
    default:
      return message
  }
}

function literalsOf(schema: TSchema): string[] {
  return (schema['anyOf'] as { const: string }[]).map((literal) => literal.const)
}
