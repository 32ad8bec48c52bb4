import { Type, type Static } from '@sinclair/typebox'

/** Answer of `GET /__admin/health`. */
export const Health = Type.Object(
  {
    status: Type.Literal('up'),
    version: Type.String({ description: 'Version of the sandbox.' }),
    uptimeSeconds: Type.Number({ minimum: 0, description: 'Time since the sandbox was built.' }),
  },
  { title: 'Health' },
)
export type Health = Static<typeof Health>
