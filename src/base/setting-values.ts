import { Kind, type TSchema } from '@sinclair/typebox'
import { formatOf } from './schema/formats.ts'
import { literalsOf } from './schema/literals.ts'

/** Whether a setting takes numbers. */
export const isNumeric = (schema: TSchema): boolean =>
  schema[Kind] === 'Integer' || schema[Kind] === 'Number'

/** What a setting takes, in words that go on from "must be". */
export function expectationOf(schema: TSchema): string {
  if (schema[Kind] === 'Union') return `one of ${literalsOf(schema).join(', ')}`
  const format = formatOf(schema)
  if (format) return format.expected
  if (!isNumeric(schema)) return 'text of at least 1 character'
  const number = schema[Kind] === 'Integer' ? 'a whole number' : 'a number'
  return `${number} from ${String(schema['minimum'])} to ${String(schema['maximum'])}`
}
