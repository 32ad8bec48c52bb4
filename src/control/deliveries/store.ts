import { getHeapStatistics } from 'node:v8'
import { entityKey } from '../../wink/managing-entity.ts'
import { Observers } from '../../base/observers.ts'
import { ApiError } from '../../base/problems/problems.ts'
import type { DeliveryRecord, EventContent } from './delivery.ts'
import { Holding, Share, Stored, Total, type Amount } from './holding.ts'
import { matcherOf } from './matcher.ts'
import { dropAnswers, empty, sizeOfContent } from './size.ts'
import type { DeliveryFilter } from './types.ts'

const mebibyte = 1024 * 1024

/** 10,000 deliveries in 16 MiB, or in a twelfth of V8's heap limit if that is less; 4 MiB at least, for large events. */
export const usualLimits: Amount = {
  count: 10_000,
  bytes: Math.max(
    4 * mebibyte,
    Math.min(16 * mebibyte, Math.floor(getHeapStatistics().heap_size_limit / 12)),
  ),
}

const fits = (limit: Amount, ...amounts: readonly Amount[]): boolean =>
  amounts.reduce((sum, { count }) => sum + count, 0) <= limit.count &&
  amounts.reduce((sum, { bytes }) => sum + bytes, 0) <= limit.bytes

/** The part of the store that the pending deliveries of one managing entity may take, so that others have room. */
const share = 1 / 2

/**
 * The last deliveries, oldest first. New ones evict those that have ended, of the managing entity that holds most; those
 * that are pending stay, but lose the answers that they have had.
 */
export class DeliveryStore {
  readonly #limits: Amount
  readonly #observers = new Observers<DeliveryRecord>()
  readonly #stored = new Map<string, Stored>()
  readonly #holdings = new Map<string, Holding>()
  readonly #all = new Total()
  readonly #pending = new Total()

  constructor(limits: Amount) {
    this.#limits = limits
  }

  /** Maximum number of deliveries. */
  get maxCount(): number {
    return this.#limits.count
  }

  /**
   * Checks that there is room for deliveries beside those that are pending.
   *
   * @throws ApiError `conflict` if there is not
   */
  requireRoom(managingEntityIdentifier: string, more: Amount): void {
    const { count, bytes } = this.#limits
    const own = { count: share * count, bytes: share * bytes }
    const held = this.#holdings.get(entityKey(managingEntityIdentifier))?.pending ?? new Total()
    if (!fits(own, more)) {
      throw new ApiError(
        'conflict',
        `These are ${more.count} deliveries of ${more.bytes} bytes, and of one managing entity ${own.count} of ${own.bytes} bytes may be pending: name a webhookId, or send fewer copies.`,
      )
    }
    if (fits(own, more, held) && fits(this.#limits, more, this.#pending)) return
    throw new ApiError(
      'conflict',
      `There is no room for ${more.count} more: ${held.count} deliveries of the managing entity are pending, and ${this.#pending.count} of all; wait for some to end, or reset them.`,
    )
  }

  /** Adds the deliveries of an event. */
  add(deliveries: readonly DeliveryRecord[], content: EventContent): void {
    const bytes = sizeOfContent(content)
    const shared = { all: new Share(bytes), pending: new Share(bytes) }
    for (const delivery of deliveries) {
      const stored = new Stored(delivery, content, shared)
      this.#stored.set(delivery.id, stored)
      this.#count(stored, 1)
    }
    this.#makeRoom()
    for (const delivery of deliveries) this.#observers.notify(delivery)
  }

  #count(stored: Stored, sign: 1 | -1): void {
    const key = entityKey(stored.delivery.managingEntityIdentifier)
    const holding = this.#holdings.get(key) ?? new Holding()
    stored.count(sign, [this.#all, holding.all], [this.#pending, holding.pending])
    if (sign === 1) holding.note(stored)
    else holding.forget(stored)
    if (holding.all.count > 0) this.#holdings.set(key, holding)
    else this.#holdings.delete(key)
  }

  /** Takes note that a delivery has changed. */
  changed(delivery: DeliveryRecord): void {
    const stored = this.#stored.get(delivery.id)
    if (stored !== undefined) {
      this.#measure(stored)
      this.#makeRoom()
    } else empty(delivery)
    this.#observers.notify(delivery)
  }

  #measure(stored: Stored): void {
    this.#count(stored, -1)
    stored.measure()
    this.#count(stored, 1)
  }

  #makeRoom(): void {
    if (fits(this.#limits, this.#all)) return
    for (let heaviest = this.#heaviest(); heaviest; heaviest = this.#heaviest()) {
      const { holding, first, next } = heaviest
      for (let stored: Stored | undefined = first; stored; stored = holding.first) {
        if (fits(this.#limits, this.#all)) return
        this.#shrink(stored)
        if (this.#loadOf(holding) < next) break
      }
    }
  }

  /** Of those that can make room, the managing entity that holds most; and what the next one holds. */
  #heaviest() {
    let heaviest: { readonly holding: Holding; readonly first: Stored } | undefined
    let [most, next] = [0, 0]
    for (const holding of this.#holdings.values()) {
      const { first } = holding
      const load = first === undefined ? 0 : this.#loadOf(holding)
      if (first !== undefined && load > most) {
        heaviest = { holding, first }
        next = most
        most = load
      } else next = Math.max(next, load)
    }
    return heaviest && { ...heaviest, next }
  }

  /** The part of the store that a managing entity takes. */
  #loadOf({ all }: Holding): number {
    return Math.max(all.count / this.#limits.count, all.bytes / this.#limits.bytes)
  }

  #shrink(stored: Stored): void {
    if (stored.isPending) {
      dropAnswers(stored.delivery)
      this.#measure(stored)
    } else this.#remove(stored)
  }

  #remove(stored: Stored): void {
    this.#stored.delete(stored.delivery.id)
    this.#count(stored, -1)
    empty(stored.delivery)
  }

  get(id: string): DeliveryRecord | undefined {
    return this.#stored.get(id.toLowerCase())?.delivery
  }

  /** The deliveries that match, oldest first. */
  find(filter: DeliveryFilter): DeliveryRecord[] {
    const matches = matcherOf(filter)
    return [...this.#stored.values()].map(({ delivery }) => delivery).filter(matches)
  }

  forget(deliveries: readonly DeliveryRecord[]): void {
    for (const { id } of deliveries) {
      const stored = this.#stored.get(id)
      if (stored) this.#remove(stored)
    }
  }

  /**
   * Calls `observe` with each delivery that is added or changes from now on.
   *
   * @returns a function that stops it
   */
  observe(observe: (delivery: DeliveryRecord) => void): () => void {
    return this.#observers.observe(observe)
  }
}
