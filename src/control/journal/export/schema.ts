import { Type } from '@sinclair/typebox'
import { exampleCurl, exampleHar, exampleTranscript } from '../../examples.ts'

/** Media type of an HTTP Archive: none is registered, and browsers save what they do not know. */
export const harType = 'application/har+json'

/** Answer of `GET /__admin/requests?format=har`. */
export const Archive = Type.Object(
  {
    log: Type.Object({
      version: Type.Literal('1.2'),
      creator: Type.Object({ name: Type.String(), version: Type.String() }),
      entries: Type.Array(Type.Object({}), { description: 'As HAR 1.2 has them.' }),
    }),
  },
  { title: 'Archive', examples: [exampleHar] },
)

/** Answer of `GET /__admin/requests?format=http`. */
export const Transcript = Type.String({
  description: 'The text of an `.http` file.',
  examples: [exampleTranscript],
})

/** Answer of `GET /__admin/requests/{id}/curl`. */
export const CurlCommand = Type.String({
  description: 'A command for a POSIX shell.',
  examples: [exampleCurl],
})
