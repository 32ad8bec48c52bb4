import { systemClock, type Clock } from '../../base/clock.ts'
import type { LogMethod } from '../../base/logger.ts'
import { maskedText } from '../../base/masking/text.ts'
import { isSuccess, sendAttempt } from './attempt.ts'
import type { Attempt, DeliveryRecord } from './delivery.ts'
import type { DeliverySettings } from './settings.ts'
import { signatureHeaders } from './signature.ts'
import { isPending, type DeliveryStore } from './store.ts'

/** Maximum number of deliveries under way; others wait for their turn. */
const maxUnderWay = 100

/** Dependencies of a {@link DeliveryRunner}. */
export interface RunnerParts {
  readonly store: DeliveryStore
  readonly settings: DeliverySettings
  /** Clock for the times of attempts; never throws. */
  readonly clock: Clock
  /** Gets a line for each attempt. */
  readonly log: LogMethod
}

/** Sends pending deliveries, and repeats attempts that failed. */
export class DeliveryRunner {
  readonly #parts: RunnerParts
  /** Deliveries that wait for their turn; those of one list go one after another. */
  #queue: (readonly DeliveryRecord[])[] = []
  readonly #underWay = new Map<DeliveryRecord, AbortController>()
  #busy = 0

  constructor(parts: RunnerParts) {
    this.#parts = parts
  }

  /** Sends deliveries one after another. */
  start(deliveries: readonly DeliveryRecord[]): void {
    this.#queue.push(deliveries)
    this.#startNext()
  }

  #startNext(): void {
    while (this.#busy < maxUnderWay) {
      const deliveries = this.#queue.shift()
      if (deliveries === undefined) return
      void this.#sendAll(deliveries)
    }
  }

  async #sendAll(deliveries: readonly DeliveryRecord[]): Promise<void> {
    this.#busy += 1
    for (const delivery of deliveries) if (isPending(delivery)) await this.#send(delivery)
    this.#busy -= 1
    this.#startNext()
  }

  async #send(delivery: DeliveryRecord): Promise<void> {
    const controller = new AbortController()
    this.#underWay.set(delivery, controller)
    const state = await this.#attemptsOf(delivery, controller.signal)
    this.#underWay.delete(delivery)
    this.#end(delivery, state)
  }

  #end(delivery: DeliveryRecord, state: 'delivered' | 'failed' | 'cancelled'): void {
    delivery.state = state
    this.#parts.store.changed(delivery)
  }

  async #attemptsOf(
    delivery: DeliveryRecord,
    signal: AbortSignal,
  ): Promise<'delivered' | 'failed' | 'cancelled'> {
    const isCancelled = (): boolean => signal.aborted
    for (const delayMs of [undefined, ...delivery.event.retryDelaysMs]) {
      if (delayMs !== undefined) await pause(delayMs, signal)
      if (isCancelled()) return 'cancelled'
      const attempt = await this.#attempt(delivery, signal)
      delivery.attempts.push(attempt)
      if (isSuccess(attempt)) return 'delivered'
      if (isCancelled()) return 'cancelled'
      this.#parts.store.changed(delivery)
    }
    return 'failed'
  }

  async #attempt(delivery: DeliveryRecord, signal: AbortSignal): Promise<Attempt> {
    const { clock, settings, log } = this.#parts
    const { id, event, destination, attempts } = delivery
    const url = destination as URL
    const number = attempts.length + 1
    const timeMs = clock()
    // The receiver compares the time of a signature with its own clock.
    const signed = { id: event.id, timeMs: systemClock(), body: event.body }
    const headers = {
      ...event.headers,
      'X-Wink-Mock-Delivery-Id': id,
      'X-Wink-Mock-Delivery-Attempt': String(number),
      ...(event.secret !== undefined && signatureHeaders(event.secret, signed)),
    }
    const outcome = await sendAttempt({ url, headers, body: event.body }, settings, signal)
    const { status, error, durationMs } = outcome
    log(
      { deliveryId: id, attempt: number, url: maskedText(url.href), status, error, durationMs },
      'event sent',
    )
    return { timeMs, ...outcome }
  }

  /** Cancels those of the deliveries that are pending, and ends their connections at once. */
  cancel(deliveries: readonly DeliveryRecord[], why: string): void {
    for (const delivery of deliveries.filter(isPending)) {
      delivery.cancellation = why
      const controller = this.#underWay.get(delivery)
      if (controller) controller.abort()
      else this.#end(delivery, 'cancelled')
    }
    this.#queue = this.#queue.filter((waiting) => waiting.some(isPending))
  }
}

/** Waits in real time, or until the signal. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
