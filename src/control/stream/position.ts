import type { Journal } from '../journal/store.ts'

/** The place in the journal at which a stream begins. */
export interface StreamPosition {
  /** Number of the last entry before the stream. */
  readonly number: number
  /** True if entries may be missing before it. */
  readonly hasGap: boolean
}

/**
 * The position at which a client begins, or goes on.
 *
 * @param since - instant or id of the query
 * @param lastEventId - value of `Last-Event-ID`, which comes before `since`: a client that connects again sends both
 * @throws ApiError `bad-request` if `since` is an id that the journal does not hold
 */
export function positionOf(
  journal: Journal,
  since: string | undefined,
  lastEventId: string | undefined,
): StreamPosition {
  if (lastEventId !== undefined && lastEventId !== '') {
    const last = journal.get(lastEventId)
    if (last) return { number: last.number, hasGap: false }
    return { number: journal.lastEvicted, hasGap: true }
  }
  if (since === undefined) return { number: journal.lastNumber, hasGap: false }
  const first = journal.all().find(journal.matcher({ since }))
  return { number: first ? first.number - 1 : journal.lastNumber, hasGap: false }
}
