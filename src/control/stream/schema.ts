import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { Instant, Uuid } from '../../base/schema/formats.ts'
import { entityMember } from '../../base/schema/fields.ts'
import { exampleEventStream } from '../examples.ts'

/** Selects the events of a stream. */
export const StreamQuery = Type.Object(
  {
    managingEntityIdentifier: entityMember,
    since: Type.Optional(
      Type.Union([Instant, Uuid], {
        description:
          'Begins with the requests of the journal from this instant on, or after the request that has this id; with what comes from now on where it is left out.',
        examples: ['2026-01-14T09:00:00Z'],
      }),
    ),
  },
  { additionalProperties: false, title: 'StreamQuery' },
)
export type StreamQuery = Static<typeof StreamQuery>

/** The answer of `GET /__admin/stream`. */
export const EventTexts = Type.String({
  description: 'Server-sent events: request, delivery, change, gap.',
  examples: [exampleEventStream],
})
