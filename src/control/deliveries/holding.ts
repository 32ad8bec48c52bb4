import { isPending, type DeliveryRecord, type EventContent } from './delivery.ts'
import { leastSizeOf, sizeOfAnswers } from './size.ts'

/** Memory that several deliveries share; it comes with the first of them and goes with the last. */
export class Share {
  #holders = 0
  readonly #bytes: number

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  /** @returns the bytes that come or go with a holder */
  change(sign: 1 | -1): number {
    const before = this.#holders
    this.#holders += sign
    return Math.min(before, this.#holders) === 0 ? this.#bytes : 0
  }
}

/** The content of an event, as its deliveries share it: all of them, and those that are pending. */
export interface SharedContent {
  readonly all: Share
  readonly pending: Share
}

/** The number of deliveries, and the memory that they take. */
export interface Amount {
  readonly count: number
  /** In bytes, estimated. */
  readonly bytes: number
}

/** A running total of amounts. */
export class Total implements Amount {
  count = 0
  bytes = 0

  change(sign: 1 | -1, bytes: number): void {
    this.count += sign
    this.bytes += sign * bytes
  }
}

/** A delivery that is kept, and its amounts at the time when it was counted. */
export class Stored {
  readonly delivery: DeliveryRecord
  readonly #content: EventContent
  readonly #shared: SharedContent
  isPending = false
  /** Memory of the answers to its older attempts and to the last one, in bytes. */
  answers = { older: 0, last: 0 }
  #least = 0

  constructor(delivery: DeliveryRecord, content: EventContent, shared: SharedContent) {
    this.delivery = delivery
    this.#content = content
    this.#shared = shared
    this.measure()
  }

  /** Reads the amounts anew. */
  measure(): void {
    this.isPending = isPending(this.delivery)
    const { attempts } = this.delivery
    this.answers = {
      older: sizeOfAnswers(attempts.slice(0, -1)),
      last: sizeOfAnswers(attempts.slice(-1)),
    }
    this.#least = leastSizeOf(this.delivery, this.#content, this.isPending)
  }

  /** Adds the delivery to totals, or takes it away. */
  count(sign: 1 | -1, all: readonly Total[], pending: readonly Total[]): void {
    const bytes =
      this.#least + this.answers.older + this.answers.last + this.#shared.all.change(sign)
    for (const total of all) total.change(sign, bytes)
    if (!this.isPending) return
    const least = this.#least + this.#shared.pending.change(sign)
    for (const total of pending) total.change(sign, least)
  }
}

/** The deliveries of a managing entity. */
export class Holding {
  readonly all = new Total()
  /** Those that are pending, without the answers that they have had. */
  readonly pending = new Total()
  /**
   * The deliveries that can make room, in the order in which they do: those that have ended, oldest first; those that are
   * pending and have had more than one answer; the others that are pending and have had one.
   */
  readonly #ranks = [new Set<Stored>(), new Set<Stored>(), new Set<Stored>()] as const

  /** The delivery that makes room first; undefined if none can. */
  get first(): Stored | undefined {
    for (const rank of this.#ranks) for (const stored of rank) return stored
    return undefined
  }

  /** Takes note of a delivery that is new, or has changed. */
  note(stored: Stored): void {
    const [ended, older, last] = this.#ranks
    if (!stored.isPending) ended.add(stored)
    else if (stored.answers.older > 0) older.add(stored)
    else if (stored.answers.last > 0) last.add(stored)
  }

  forget(stored: Stored): void {
    for (const rank of this.#ranks) rank.delete(stored)
  }
}
