import { Kind, type TArray, type TSchema } from '@sinclair/typebox'
import { formatOf } from './schema/formats.ts'
import { literalsOf } from './schema/literals.ts'

/** The names of a setting on the command line and in the environment. */
export interface SettingNames {
  /** Without the leading hyphens, such as `max-webhooks`. */
  readonly flag: string
  /** Such as `WINK_MOCK_MAX_WEBHOOKS`. */
  readonly environment: string
}

/** Derives the flag and the environment variable of a setting from its name. */
export function settingNames(name: string): SettingNames {
  const flag = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
  return { flag, environment: `WINK_MOCK_${flag.replaceAll('-', '_').toUpperCase()}` }
}

/** True for the schema of a number. */
export const isNumeric = (schema: TSchema): boolean =>
  schema[Kind] === 'Integer' || schema[Kind] === 'Number'

/** True for the schema of a flag without a value. */
export const isBoolean = (schema: TSchema): boolean => schema[Kind] === 'Boolean'

/** True for the schema of a setting that may be given several times. */
export const isList = (schema: TSchema): schema is TArray => schema[Kind] === 'Array'

/** The values that a setting accepts, in words that continue "must be". */
export function expectationOf(schema: TSchema): string {
  if (schema[Kind] === 'Union') return `one of ${literalsOf(schema).join(', ')}`
  if (isBoolean(schema)) return 'true or false'
  const format = formatOf(schema)
  if (format) return format.expected
  if (!isNumeric(schema)) return 'text of at least 1 character'
  const number = schema[Kind] === 'Integer' ? 'a whole number' : 'a number'
  return `${number} from ${String(schema['minimum'])} to ${String(schema['maximum'])}`
}
