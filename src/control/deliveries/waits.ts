import { ApiError } from '../../base/problems/problems.ts'
import type { WaitSignal } from '../../base/signal.ts'
import { defaultWaitMs, tooFewCame, type WaitFor, type Waits } from '../waits.ts'
import { isPending, type DeliveryRecord } from './delivery.ts'
import { matcherOf } from './matcher.ts'
import type { DeliveryStore } from './store.ts'
import type { Delivery, DeliveryFilter, DeliveryWait } from './types.ts'
import { viewer } from './view.ts'

/** Number of deliveries in the error of a timeout, and in its message. */
const maxShown = 10
const maxNamed = 3

/**
 * Resolves with the deliveries that match, once there are enough. Without a `state` they match when they have ended.
 *
 * @throws ApiError `request-timeout` that says which deliveries came instead
 */
export async function waitForDeliveries(
  { count = 1, timeoutMs = defaultWaitMs, ...filter }: DeliveryWait,
  signal: WaitSignal | undefined,
  store: DeliveryStore,
  waits: Waits,
): Promise<DeliveryRecord[]> {
  const matchesFilter = matcherOf(filter)
  const matches = (delivery: DeliveryRecord): boolean =>
    matchesFilter(delivery) && (filter.state !== undefined || !isPending(delivery))
  // A delivery that changes may no longer match.
  const matching = new Set(
    store
      .find({})
      .filter(matches)
      .map(({ id }) => id),
  )
  const watch = (met: () => void): (() => void) => {
    const see = (): void => {
      if (matching.size >= count) met()
    }
    see()
    return store.observe((delivery) => {
      if (matches(delivery)) matching.add(delivery.id)
      else matching.delete(delivery.id)
      see()
    })
  }
  if (await waits.until({ watch, timeoutMs, signal })) return store.find({}).filter(matches)
  throw timedOut(filter, { seen: matching.size, count, timeoutMs }, matches, store)
}

/** Waits until deliveries have ended; gives whether they have. */
export async function waitForEnd(
  deliveries: readonly DeliveryRecord[],
  limits: Pick<WaitFor, 'timeoutMs' | 'signal'>,
  store: DeliveryStore,
  waits: Waits,
): Promise<boolean> {
  const pending = new Set(deliveries.filter(isPending))
  const watch = (met: () => void): (() => void) => {
    const see = (): void => {
      if (pending.size === 0) met()
    }
    see()
    return store.observe((delivery) => {
      if (!isPending(delivery) && pending.delete(delivery)) see()
    })
  }
  await waits.until({ watch, ...limits })
  return pending.size === 0
}

/** The message names deliveries that came instead, because test runners show only the message. */
function timedOut(
  filter: DeliveryFilter,
  came: { readonly seen: number; readonly count: number; readonly timeoutMs: number },
  matches: (delivery: DeliveryRecord) => boolean,
  store: DeliveryStore,
): ApiError {
  const { managingEntityIdentifier } = filter
  const shown = store
    .find(managingEntityIdentifier === undefined ? {} : { managingEntityIdentifier })
    .slice(-maxShown)
  const others = shown.filter((delivery) => !matches(delivery)).slice(-maxNamed)
  const instead =
    others.length === 0
      ? 'there were no others'
      : `the last others were ${others.map(viewer()).map(inWords).join('; ')}`
  return new ApiError('request-timeout', `${tooFewCame('deliveries', filter, came)}; ${instead}.`, {
    properties: { count: came.seen, deliveries: shown.map(viewer()) },
  })
}

function inWords({ type, url, registeredUrl, state, reason, attempts }: Delivery): string {
  const last = attempts.at(-1)
  const why = reason ?? last?.error ?? last?.status
  return `${type} to ${url ?? registeredUrl}: ${state}${why == null ? '' : ` (${why})`}`
}
