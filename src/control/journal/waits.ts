import { LazyList } from '../../base/json/lazy-list.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { requireShape } from '../../base/problems/validate.ts'
import type { Turns } from '../../base/turns.ts'
import { defaultWaitMs, tooFewCame, type Waits } from '../waits.ts'
import type { Entry } from './entry.ts'
import { RequestWait, type JournaledRequest, type RequestFilter } from './schema.ts'
import { requirePossible } from './filter.ts'
import { requireJournal, type Journal } from './store.ts'
import type { WaitSignal } from '../../base/signal.ts'
import { journaledRequest } from './view.ts'

/** Number of requests in the error of a timeout. */
const maxShown = 10

/** Number of requests in its message, and characters of each path and each reason. */
const maxNamed = 3
const maxTextLength = 160

/** Waits for requests. */
export interface RequestWaits {
  /**
   * Resolves with the requests that match, once there are enough.
   *
   * @param signal - cancels the wait
   */
  wait(what: RequestWait, signal?: WaitSignal): Promise<LazyList<JournaledRequest>>
}

export const buildRequestWaits = (journal: Journal, turns: Turns, waits: Waits): RequestWaits => ({
  wait: async (what, signal) => {
    requireJournal(journal)
    const {
      count = 1,
      timeoutMs = defaultWaitMs,
      ...filter
    } = requirePossible(requireShape(RequestWait, what, 'The wait'), 'The wait')
    const matches = journal.matcher(filter)
    let seen = 0
    let counted = Promise.resolve()
    const watch = (met: () => void): (() => void) => {
      const see = (entry: Entry): void => {
        if (matches(entry)) seen += 1
        if (seen >= count) met()
      }
      const countHeld = async (held: readonly Entry[]): Promise<void> => {
        for await (const entry of turns.over(held)) {
          see(entry)
          if (seen >= count) return
        }
      }
      counted = countHeld(journal.all())
      return journal.observe(see)
    }
    if (!(await waits.until({ watch, timeoutMs, signal }))) {
      await counted
      if (seen < count) throw await timedOut(filter, { seen, count, timeoutMs }, journal, turns)
    }
    // The journal records a request before its response is sent: let that response go first.
    await turns.next()
    return LazyList.of(await journal.findInPieces(matches, turns), journaledRequest)
  },
})

/**
 * Builds the error of a wait that timed out. Its message names requests that came instead, because test
 * runners show only the message.
 */
async function timedOut(
  filter: RequestFilter,
  came: { readonly seen: number; readonly count: number; readonly timeoutMs: number },
  journal: Journal,
  turns: Turns,
): Promise<ApiError> {
  const { managingEntityIdentifier } = filter
  const isShown = journal.matcher(
    managingEntityIdentifier === undefined ? {} : { managingEntityIdentifier },
  )
  const matches = journal.matcher(filter)
  const requests: JournaledRequest[] = []
  const others: JournaledRequest[] = []
  for await (const entry of turns.over(journal.all().toReversed())) {
    if (!isShown(entry)) continue
    const request = journaledRequest(entry)
    requests.unshift(request)
    if (!matches(entry)) others.unshift(request)
    if (requests.length === maxShown) break
  }
  return new ApiError(
    'request-timeout',
    `${tooFewCame('requests', filter, came)}; ${othersInWords(others.slice(-maxNamed))}.`,
    { properties: { count: came.seen, requests } },
  )
}

function othersInWords(others: readonly JournaledRequest[]): string {
  if (others.length === 0) return 'no others came'
  return `the last others were ${others.map(inWords).join('; ')}`
}

function inWords(request: JournaledRequest): string {
  const { method, path, status } = request
  const what = method === null ? 'a request that is not HTTP' : `${method} ${short(String(path))}`
  const reason = reasonOf(request)
  return `${what}: ${status ?? 'no answer'}${reason === undefined ? '' : ` (${short(reason)})`}`
}

function reasonOf({ faults, diagnosis: { refusedBy } }: JournaledRequest): string | undefined {
  if (refusedBy === null) return faults.length > 0 ? 'a fault acted' : undefined
  const { detail, violations: [first, ...others] = [] } = refusedBy
  if (first === undefined) return detail.replace(/\.$/, '')
  const more = others.length > 0 ? '; and more' : ''
  return `${first.pointer} ${first.detail}${more}`
}

const short = (text: string): string =>
  text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text
