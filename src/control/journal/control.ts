import type { WaitSignal } from '../../base/signal.ts'
import { LazyList } from '../../base/json/lazy-list.ts'
import type { OwnAddress } from '../../base/own-address.ts'
import { maskedText } from '../../base/masking/text.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { requireId, requireShape } from '../../base/problems/validate.ts'
import type { Turns } from '../../base/turns.ts'
import { RequestFilter as RequestFilterSchema, RequestList as RequestListSchema } from './schema.ts'
import { requirePossible } from './filter.ts'
import type { Entry } from './entry.ts'
import { curlOf } from './export/curl.ts'
import { harEntry, harOf } from './export/har.ts'
import type { Har } from './export/har-types.ts'
import { isHttp } from './export/parts.ts'
import { transcriptOf } from './export/transcript.ts'
import { requireJournal, type Journal } from './store.ts'
import type { JournaledRequest, RequestFilter, RequestList, RequestWait } from './types.ts'
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
   * Lists requests as an HTTP Archive (HAR 1.2), which browsers' developer tools open. Secrets are masked.
   * Requests that are not HTTP are left out.
   */
  har(list?: RequestList): Har
  /** Lists requests as the text of an `.http` file, the answers as comments. Secrets are variables. */
  http(list?: RequestList): string
  /**
   * Gives a curl command for a POSIX shell that sends a request again. Variables such as `$WINK_TOKEN` stand for
   * masked secrets.
   *
   * @throws ApiError `not-found` if the journal does not hold the request, or no longer; `conflict` if curl cannot
   * send it, because it is not HTTP or its body was cut or is no text
   */
  curl(id: string): string
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
  ownAddress: OwnAddress,
): RequestControl {
  const find = (list: RequestList): JournaledRequest[] =>
    journal.find(requireList(journal, list)).map(journaledRequest)
  return {
    find: (list = {}) => find(list),
    har: (list = {}) =>
      harOf(
        find(list)
          .filter(isHttp)
          .map((request) => harEntry(request, ownAddress.baseUrl)),
      ),
    http: (list = {}) =>
      find(list)
        .map((request) => transcriptOf(request, ownAddress.baseUrl))
        .join(''),
    curl: (id) => curlOf(requireEntry(journal, id), ownAddress.baseUrl),
    count: (filter = {}) => journal.find(requireFilter(journal, filter)).length,
    get: (id) => journaledRequest(requireEntry(journal, id)),
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
  /** Lists requests as an archive. */
  har(list: RequestList, baseUrl: string): Promise<object>
  /** Lists requests as the parts of an `.http` file. */
  http(list: RequestList, baseUrl: string): Promise<LazyList<string>>
  /**
   * Gives a curl command that sends a request again.
   *
   * @throws ApiError `not-found`, `conflict`
   */
  curl(id: string, baseUrl: string): string
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
    har: async (list, baseUrl) => {
      const entries = (await listed(list)).filter(isHttp)
      return harOf(LazyList.of(entries, (entry) => harEntry(journaledRequest(entry), baseUrl)))
    },
    http: async (list, baseUrl) =>
      LazyList.of(await listed(list), (entry) => transcriptOf(journaledRequest(entry), baseUrl)),
    curl: (id, baseUrl) => curlOf(requireEntry(journal, id), baseUrl),
    count: async (filter) => (await matching(filter)).length,
    clear: async (filter) => {
      journal.forget(await matching(filter))
    },
  }
}

/** @throws ApiError `conflict` if the journal is off, `not-found` if it does not hold the request */
function requireEntry(journal: Journal, id: string): Entry {
  requireJournal(journal)
  const entry = journal.get(requireId(id))
  if (entry) return entry
  throw new ApiError('not-found', `The journal holds no request ${maskedText(id)}, or no longer.`)
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
