import { systemClock, type Clock } from '../../base/clock.ts'
import type { LogMethod } from '../../base/logger.ts'
import { maskedText } from '../../base/masking/text.ts'
import { entityKey } from '../../wink/managing-entity.ts'
import { isSuccess, sendAttempt } from './attempt.ts'
import {
  addAttempt,
  isPending,
  sandboxHeaders,
  type Attempt,
  type DeliveryRecord,
  type EventContent,
} from './delivery.ts'
import { FairQueue } from './fair-queue.ts'
import type { DeliverySettings } from './settings.ts'
import { signatureHeaders } from './signature.ts'
import type { DeliveryStore } from './store.ts'

/** Maximum number of attempts under way; other deliveries wait for their turn. */
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

/** Deliveries of an event that go one after another. */
interface Chain {
  /** Those that have not ended when they were looked at last, in order. */
  deliveries: readonly DeliveryRecord[]
  readonly content: EventContent
  /** Number of attempts of the first of them since it was its turn. */
  made: number
}

/** The delivery of a chain whose turn it is: the first one that is pending; undefined if none is. */
function currentOf(chain: Chain): DeliveryRecord | undefined {
  const [first] = chain.deliveries
  const left = chain.deliveries.filter(isPending)
  if (left[0] !== first) chain.made = 0
  chain.deliveries = left
  return left[0]
}

/** Sends pending deliveries, and repeats attempts that failed. */
export class DeliveryRunner {
  readonly #parts: RunnerParts
  /** Chains that wait for their turn. The managing entities take turns. */
  readonly #queue = new FairQueue<Chain>()
  readonly #underWay = new Map<DeliveryRecord, AbortController>()
  /** Of each delivery in the pause before its next attempt, a function that ends the pause. */
  readonly #pauses = new Map<DeliveryRecord, () => void>()

  constructor(parts: RunnerParts) {
    this.#parts = parts
  }

  /** Sends the pending ones of some deliveries of an event, one after another. */
  start(deliveries: readonly DeliveryRecord[], content: EventContent): void {
    this.#enqueue({ deliveries, content, made: 0 })
  }

  #enqueue(chain: Chain): void {
    const delivery = currentOf(chain)
    if (delivery) this.#queue.add(entityKey(delivery.managingEntityIdentifier), chain)
    this.#startNext()
  }

  #startNext(): void {
    while (this.#underWay.size < maxUnderWay) {
      const chain = this.#queue.take()
      if (chain === undefined) return
      const delivery = currentOf(chain)
      if (delivery) void this.#advance(chain, delivery)
    }
  }

  /** Makes one attempt. A pause before the next one leaves the place to others. */
  async #advance(chain: Chain, delivery: DeliveryRecord): Promise<void> {
    const controller = new AbortController()
    this.#underWay.set(delivery, controller)
    const { content } = chain
    const attempt = await this.#attempt(delivery, content, controller.signal)
    this.#underWay.delete(delivery)
    addAttempt(delivery, attempt)
    const delayMs = content.retryDelaysMs[chain.made]
    chain.made += 1
    if (isSuccess(attempt)) delivery.state = 'delivered'
    else if (controller.signal.aborted) delivery.state = 'cancelled'
    else if (delayMs === undefined) delivery.state = 'failed'
    else this.#pause(chain, delivery, delayMs)
    this.#parts.store.changed(delivery)
    if (this.#pauses.has(delivery)) this.#startNext()
    else this.#enqueue(chain)
  }

  #pause(chain: Chain, delivery: DeliveryRecord, ms: number): void {
    const end = (): void => {
      clearTimeout(timer)
      this.#pauses.delete(delivery)
      this.#enqueue(chain)
    }
    const timer = setTimeout(end, ms)
    this.#pauses.set(delivery, end)
  }

  async #attempt(
    delivery: DeliveryRecord,
    { headers, body, secret }: EventContent,
    signal: AbortSignal,
  ): Promise<Attempt> {
    const { clock, settings, log } = this.#parts
    const { id, event, attempts } = delivery
    const url = new URL(urlOf(delivery))
    const number = attempts.length + 1
    const timeMs = clock()
    // The receiver compares the time of a signature with its own clock.
    const signed = { id: event.id, timeMs: systemClock(), body }
    const signature = secret === undefined ? undefined : signatureHeaders(secret, signed)
    const sent = { ...headers, ...sandboxHeaders(id, number), ...signature }
    const outcome = await sendAttempt({ url, headers: sent, body }, settings, signal)
    const { status, error, durationMs } = outcome
    log(
      { deliveryId: id, attempt: number, url: maskedText(url.href), status, error, durationMs },
      'event sent',
    )
    return { timeMs, ...(signature && { signature }), ...outcome }
  }

  /** Cancels those of the deliveries that are pending, and ends their connections at once. */
  cancel(deliveries: readonly DeliveryRecord[], why: string): void {
    const pending = deliveries.filter(isPending)
    for (const delivery of pending) {
      delivery.cancellation = why
      const controller = this.#underWay.get(delivery)
      if (controller) controller.abort()
      else {
        delivery.state = 'cancelled'
        this.#parts.store.changed(delivery)
      }
    }
    // Only now, because the end of a pause may start what comes next.
    for (const delivery of pending) this.#pauses.get(delivery)?.()
    this.#queue.filter((chain) => currentOf(chain) !== undefined)
  }
}

/** The URL of a delivery that is sent: only skipped ones have none. */
const urlOf = ({ destination }: DeliveryRecord): string => destination as string
