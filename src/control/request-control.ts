import { journaledRequest } from '../domain/journal-view.ts'
import { ApiError } from '../domain/problems.ts'
import { requireShape } from '../domain/shape.ts'
import { RequestWait, type JournaledRequest, type RequestFilter } from '../schemas/journal.ts'
import type { Journal } from '../stores/journal.ts'
import type { RequestControl } from './control.ts'
import { requireJournal, requireRequestFilter, type Views } from './views.ts'

/** How many waits may be under way at a time. */
const maxWaits = 1_000
/** How many other requests a wait that failed shows. */
const maxShown = 10

const shuttingDown = (): ApiError =>
  new ApiError('service-unavailable', 'The sandbox is shutting down; start it again.')

/** The journal as tests ask it, and a way to end all waits. */
export function buildRequestControl(
  journal: Journal,
  views: Pick<Views, 'requests'>,
): RequestControl & { readonly endWaits: () => void } {
  const waits = new Set<(error: ApiError) => void>()
  let ended = false

  const timedOut = (filter: RequestFilter, seen: number, count: number): ApiError => {
    const { managingEntityIdentifier } = filter
    const others = journal.find(
      managingEntityIdentifier === undefined ? {} : { managingEntityIdentifier },
    )
    return new ApiError(
      'request-timeout',
      `${seen} of ${count} requests came in time; properties.requests shows the last that came.`,
      {
        properties: { count: seen, requests: others.slice(-maxShown).map(journaledRequest) },
      },
    )
  }

  return {
    find: (filter) => views.requests(filter).toJSON(),
    count: (filter) => views.requests(filter).length,
    get: (id) => {
      requireJournal(journal)
      const exchange = journal.get(id)
      if (exchange) return journaledRequest(exchange)
      throw new ApiError('not-found', `The journal holds no request ${id}, or no longer.`)
    },
    clear: (filter = {}) => {
      journal.remove(requireRequestFilter(journal, filter))
    },
    wait: async (what = {}, signal) => {
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
      let tidy = (): void => undefined
      try {
        return await new Promise<JournaledRequest[]>((resolve, reject) => {
          // Not at once: a request is in the journal before its answer is on its way.
          const wait = journal.wait(filter, count, () => {
            setImmediate(() => {
              resolve(wait.found().map(journaledRequest))
            })
          })
          const timer = setTimeout(() => {
            if (wait.seen() < count) reject(timedOut(filter, wait.seen(), count))
          }, timeoutMs)
          const giveUp = (): void => {
            reject(new ApiError('request-timeout', 'The wait was given up.'))
          }
          if (signal?.aborted) giveUp()
          signal?.addEventListener('abort', giveUp)
          waits.add(reject)
          tidy = () => {
            clearTimeout(timer)
            wait.end()
            waits.delete(reject)
            signal?.removeEventListener('abort', giveUp)
          }
        })
      } finally {
        tidy()
      }
    },
    endWaits: () => {
      ended = true
      for (const end of waits) end(shuttingDown())
    },
  }
}
