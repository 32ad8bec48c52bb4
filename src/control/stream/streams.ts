import type { ServerResponse } from 'node:http'
import { ApiError } from '../../base/problems/problems.ts'
import { requireShape } from '../../base/problems/validate.ts'
import type { Turns } from '../../base/turns.ts'
import { requireJournal, type Journal } from '../journal/store.ts'
import { positionOf } from './position.ts'
import { RequestStream } from './request-stream.ts'
import { StreamQuery } from './schema.ts'

/** Maximum number of open streams. */
const maxStreams = 100

/** What a client asks for. */
export interface StreamStart {
  /** A {@link StreamQuery}. */
  readonly query: unknown
  /** Value of `Last-Event-ID`; undefined if it is missing. */
  readonly lastEventId: string | undefined
}

/** The open streams of a sandbox. */
export interface Streams {
  /**
   * Prepares a stream.
   *
   * @returns a function that begins it on a response
   * @throws ApiError `bad-request` if the query is invalid, `conflict` if the journal is off or too many are open
   */
  prepare(start: StreamStart): (response: ServerResponse) => void
  /** Ends all streams; none begins afterwards. */
  end(): void
}

export function buildStreams(journal: Journal, turns: Turns): Streams {
  const open = new Set<RequestStream>()
  let ended = false
  return {
    prepare: ({ query, lastEventId }) => {
      requireJournal(journal)
      const { since, ...filter } = requireShape(StreamQuery, query, 'The query')
      const matches = journal.matcher(filter)
      const start = positionOf(journal, since, lastEventId)
      if (open.size >= maxStreams) {
        throw new ApiError('conflict', `${maxStreams} streams are open; close some of them.`)
      }
      return (response) => {
        const stream = new RequestStream(response, { journal, turns, matches, start })
        open.add(stream)
        response.once('close', () => open.delete(stream))
        if (ended) stream.end()
      }
    },
    end: () => {
      ended = true
      for (const stream of open) stream.end()
    },
  }
}
