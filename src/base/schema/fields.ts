import { Type } from '@sinclair/typebox'
import { HttpMethod } from './formats.ts'

/** The managing entity, as a field of filters. */
export const entityMember = Type.Optional(
  Type.String({
    minLength: 1,
    description: 'Identifier of the managing entity, in either case; all where it is left out.',
  }),
)

/** The method, as a field of filters. */
export const methodMember = Type.Optional(
  Type.Unsafe<string>({
    ...HttpMethod,
    description: 'Method of the request, in either case; all where it is left out.',
  }),
)
