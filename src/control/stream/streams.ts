import type { ServerResponse } from 'node:http'
import { ApiError, shuttingDown } from '../../base/problems/problems.ts'
import { requireShape } from '../../base/problems/validate.ts'
import { matcherOf } from '../deliveries/matcher.ts'
import { requireJournal } from '../journal/store.ts'
import { positionOf } from './position.ts'
import { EventStream, type StreamParts } from './event-stream.ts'
import { StreamQuery } from './schema.ts'

/** Maximum number of open streams. */
const maxStreams = 100

/** The request of a client for a stream. */
export interface StreamStart {
  /** A {@link StreamQuery}. */
  readonly query: unknown
  /** Value of `Last-Event-ID`; undefined if it is missing. */
  readonly lastEventId: string | undefined
}

/** The sources of the events of streams. */
export type StreamSources = Pick<StreamParts, 'journal' | 'turns' | 'changes' | 'deliveries'>

/** The open streams of a sandbox. */
export interface Streams {
  /**
   * Prepares a stream.
   *
   * @returns a function that begins it on a response
   * @throws ApiError `bad-request` if the query is invalid, `conflict` if the journal is off or too many are open,
   *   `service-unavailable` if the sandbox closes
   */
  prepare(start: StreamStart): (response: ServerResponse) => void
  /** Ends all streams; none begins afterwards. */
  end(): void
}

export function buildStreams(sources: StreamSources): Streams {
  const { journal } = sources
  const open = new Set<EventStream>()
  let ended = false
  return {
    prepare: ({ query, lastEventId }) => {
      if (ended) throw shuttingDown()
      requireJournal(journal)
      const { since, ...filter } = requireShape(StreamQuery, query, 'The query')
      const matches = journal.matcher(filter)
      const matchesDelivery = matcherOf(filter)
      const start = positionOf(journal, since, lastEventId)
      if (open.size >= maxStreams) {
        throw new ApiError('conflict', `${maxStreams} streams are open; close some of them.`)
      }
      return (response) => {
        const stream = new EventStream(response, { ...sources, matches, matchesDelivery, start })
        open.add(stream)
        response.once('close', () => open.delete(stream))
      }
    },
    end: () => {
      ended = true
      for (const stream of open) stream.end()
    },
  }
}
