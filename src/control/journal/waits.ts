import { setTimeout } from 'node:timers'
import { journaledRequest } from './view.ts'
import { LazyList } from '../../base/json/lazy-list.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { requireShape } from '../../base/problems/validate.ts'
import { RequestWait, type JournaledRequest, type RequestFilter } from './schema.ts'
import type { Journal } from './store.ts'
import type { Entry } from './entry.ts'
import type { Turns } from '../../base/turns.ts'
import { entriesOf } from './paced.ts'
import { timedOut } from './wait-timeout.ts'
import { requireJournal } from '../views.ts'

/** How many waits may be under way at a time. */
const maxWaits = 1_000

/** Waits for requests, piece by piece. */
export interface RequestWaits {
  /**
   * The requests, once there have been enough.
   *
   * @param signal - gives the wait up
   */
  wait(what: RequestWait, signal?: AbortSignal): Promise<LazyList<JournaledRequest>>
  /** Ends all waits; later ones fail. */
  endWaits(): void
}

export function buildRequestWaits(journal: Journal, turns: Turns): RequestWaits {
  const waits = new Set<(error: ApiError) => void>()
  let ended = false

  /** Resolves once `count` requests match. */
  const arrival = async (
    filter: RequestFilter,
    { count, timeoutMs, signal }: WaitLimits,
  ): Promise<void> => {
    const matches = journal.matcher(filter)
    let seen = 0
    let tidy!: () => void
    try {
      await new Promise<void>((resolve, reject) => {
        const see = (entry: Entry): void => {
          if (matches(entry)) seen += 1
          if (seen >= count) resolve()
        }
        const countHeld = async (held: readonly Entry[]): Promise<void> => {
          for await (const entry of turns.over(held)) {
            see(entry)
            if (seen >= count) return
          }
        }
        const counted = countHeld(journal.all())
        const timer = setTimeout(() => {
          counted
            .then(() => (seen < count ? timedOut(filter, { seen, count }, journal, turns) : null))
            .then(reject, reject)
        }, timeoutMs)
        const endObserving = journal.observe(see)
        const giveUp = (): void => {
          reject(new ApiError('request-timeout', 'The wait was given up.'))
        }
        if (signal?.aborted) giveUp()
        signal?.addEventListener('abort', giveUp)
        waits.add(reject)
        tidy = () => {
          clearTimeout(timer)
          endObserving()
          waits.delete(reject)
          signal?.removeEventListener('abort', giveUp)
        }
      })
    } finally {
      tidy()
    }
  }

  return {
    wait: async (what, signal) => {
      requireJournal(journal)
      const {
        count = 1,
        timeoutMs = 5_000,
        ...filter
      } = requireShape(RequestWait, what, 'The wait')
      if (ended) throw shuttingDown()
      if (waits.size >= maxWaits) {
        throw new ApiError('conflict', `${maxWaits} waits are under way; end some of them.`)
      }
      const matches = journal.matcher(filter)
      await arrival(filter, { count, timeoutMs, signal })
      await turns.next() // A request is in the journal before its answer is on its way.
      return LazyList.of(await entriesOf(journal, matches, turns), journaledRequest)
    },
    endWaits: () => {
      ended = true
      for (const end of waits) end(shuttingDown())
    },
  }
}

interface WaitLimits {
  readonly count: number
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

const shuttingDown = (): ApiError =>
  new ApiError('service-unavailable', 'The sandbox is shutting down; start it again.')
