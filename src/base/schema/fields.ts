import { Type } from '@sinclair/typebox'
import { HttpMethod } from './formats.ts'

/** The managing entity, as a field of filters. */
export const entityMember = Type.Optional(
  Type.String({
    minLength: 1,
    description: 'Identifier of the managing entity, in either case; all where it is left out.',
    examples: ['d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'],
  }),
)

/** The method, as a field of filters. */
export const methodMember = Type.Optional(
  Type.Unsafe<string>({
    ...HttpMethod,
    description: 'Method of the request, in either case; all where it is left out.',
    examples: ['POST'],
  }),
)
