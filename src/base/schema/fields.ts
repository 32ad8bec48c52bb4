import { Type } from '@sinclair/typebox'
import { HttpMethod } from './formats.ts'

/** Which managing entity is meant, in what a test selects requests and webhooks by. */
export const entityMember = Type.Optional(
  Type.String({
    minLength: 1,
    description: 'Identifier of the managing entity, in either case; all where it is left out.',
  }),
)

/** Which method is meant, likewise. */
export const methodMember = Type.Optional(
  Type.Unsafe<string>({
    ...HttpMethod,
    description: 'Method of the request, in either case; all where it is left out.',
  }),
)
