import { LazyList } from '../../base/json/lazy-list.ts'
import { maskedText } from '../../base/masking/text.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { requireId, requireShape } from '../../base/problems/validate.ts'
import type { Turns } from '../../base/turns.ts'
import { RequestFilter as RequestFilterSchema, RequestList as RequestListSchema } from './schema.ts'
import { requirePossible } from './filter.ts'
import { requireJournal, type Journal } from './store.ts'
import type {
  JournaledRequest,
  RequestFilter,
  RequestList,
  RequestWait,
  WaitSignal,
} from './types.ts'
import { journaledRequest } from './view.ts'
import type { RequestWaits } from './waits.ts'

/** Queries the journal. Every method throws ApiError `conflict` if the journal is off. */
export interface RequestControl {
  /** Lists requests, oldest first unless `order` says otherwise. */
  find(list?: RequestList): JournaledRequest[]
  /** Counts requests. */
  count(filter?: RequestFilter): number
  /**
   * Shows the request with this id, the `X-Wink-Mock-Request-Id` of its answer.
   *
   * @throws ApiError `not-found` if the journal does not hold the request, or no longer
   */
  get(id: string): JournaledRequest
  /**
   * Waits until enough requests match, those already in the journal included.
   *
   * @param signal - cancels the wait, such as that of an `AbortController`; the wait then rejects with its reason
   * @throws ApiError `request-timeout` that says which requests came instead
   */
  wait(what?: RequestWait, signal?: WaitSignal): Promise<JournaledRequest[]>
  /** Removes requests from the journal. */
  clear(filter?: RequestFilter): void
}

/** Queries for the library: synchronous, except for waits. */
export function buildRequestControl(
  journal: Journal,
  waits: RequestWaits,
  turns: Turns,
): RequestControl {
  return {
    find: (list = {}) => journal.find(requireList(journal, list)).map(journaledRequest),
    count: (filter = {}) => journal.find(requireFilter(journal, filter)).length,
    get: (id) => {
      requireJournal(journal)
      const entry = journal.get(requireId(id))
      if (entry) return journaledRequest(entry)
      throw new ApiError(
        'not-found',
        `The journal holds no request ${maskedText(id)}, or no longer.`,
      )
    },
    clear: (filter = {}) => {
      journal.remove(requireFilter(journal, filter))
    },
    wait: async (what = {}, signal) => {
      const requests: JournaledRequest[] = []
      for await (const request of turns.over(await waits.wait(what, signal))) requests.push(request)
      return requests
    },
  }
}

/** Queries for HTTP: done in pieces, so that other requests are served in between. */
export interface PacedRequests {
  /** Lists requests. Each is diagnosed and masked only when the list is iterated. */
  find(list: RequestList): Promise<LazyList<JournaledRequest>>
  count(filter: RequestFilter): Promise<number>
  /** Removes requests that are in the journal when it is called. */
  clear(filter: RequestFilter): Promise<void>
}

export function buildPacedRequests(journal: Journal, turns: Turns): PacedRequests {
  const matching = (filter: RequestFilter) =>
    journal.findInPieces(journal.matcher(requireFilter(journal, filter)), turns)
  const listed = (list: RequestList) => {
    const { order, limit, ...filter } = requireList(journal, list)
    return journal.findInPieces(journal.matcher(filter), turns, { order, limit })
  }
  return {
    find: async (list) => LazyList.of(await listed(list), journaledRequest),
    count: async (filter) => (await matching(filter)).length,
    clear: async (filter) => {
      journal.forget(await matching(filter))
    },
  }
}

/** @throws ApiError `conflict` if the journal is off, `bad-request` if the list is invalid */
function requireList(journal: Journal, list: unknown): RequestList {
  requireJournal(journal)
  return requirePossible(requireShape(RequestListSchema, list, 'The filter'), 'The filter')
}

/** @throws ApiError `conflict` if the journal is off, `bad-request` if the filter is invalid */
function requireFilter(journal: Journal, filter: unknown): RequestFilter {
  requireJournal(journal)
  return requirePossible(requireShape(RequestFilterSchema, filter, 'The filter'), 'The filter')
}
