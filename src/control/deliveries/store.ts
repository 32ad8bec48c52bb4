import { entityKey } from '../../wink/managing-entity.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { sizeOfDelivery, type DeliveryRecord } from './delivery.ts'
import type { DeliveryFilter } from './types.ts'

/** Limits of the store. */
export interface DeliveryLimits {
  readonly maxDeliveries: number
  /** Maximum memory of all deliveries together, in bytes, estimated. The last delivery is kept whatever its size. */
  readonly maxBytes: number
}

interface Stored {
  readonly delivery: DeliveryRecord
  /** Its share of the event's body, in bytes. */
  readonly bodyBytes: number
  /** Memory that it takes, in bytes, estimated. */
  bytes: number
  isPending: boolean
}

/** The number of deliveries, and the memory that they take. */
interface Total {
  count: number
  bytes: number
}

/** The last deliveries, oldest first. New ones evict the oldest that have ended; those that are pending stay. */
export class DeliveryStore {
  readonly #limits: DeliveryLimits
  readonly #observers = new Set<(delivery: DeliveryRecord) => void>()
  readonly #stored = new Map<string, Stored>()
  readonly #all: Total = { count: 0, bytes: 0 }
  readonly #pending: Total = { count: 0, bytes: 0 }

  constructor(limits: DeliveryLimits) {
    this.#limits = limits
  }

  /**
   * Adds the deliveries of an event.
   *
   * @throws ApiError `conflict` if there is no room for them beside those that are pending; nothing has changed then
   */
  add(deliveries: readonly DeliveryRecord[]): void {
    const added = deliveries.map((delivery) => {
      const bodyBytes = Math.ceil(delivery.event.body.length / deliveries.length)
      const bytes = sizeOfDelivery(delivery, bodyBytes)
      return { delivery, bodyBytes, bytes, isPending: isPending(delivery) }
    })
    this.#requireRoom(added)
    for (const stored of added) {
      this.#stored.set(stored.delivery.id, stored)
      this.#count(stored, 1)
    }
    this.#evict()
    for (const delivery of deliveries) this.#notify(delivery)
  }

  #requireRoom(added: readonly Stored[]): void {
    const { maxDeliveries, maxBytes } = this.#limits
    const count = this.#pending.count + added.length
    const bytes = added.reduce((sum, stored) => sum + stored.bytes, this.#pending.bytes)
    if (count <= maxDeliveries && (count <= 1 || bytes <= maxBytes)) return
    throw new ApiError(
      'conflict',
      `There is no room for ${added.length} more: ${this.#pending.count} deliveries are pending, and ${maxDeliveries} or ${maxBytes} bytes are kept; wait for some to end, or reset them.`,
    )
  }

  #count({ bytes, isPending }: Stored, sign: 1 | -1): void {
    for (const total of isPending ? [this.#all, this.#pending] : [this.#all]) {
      total.count += sign
      total.bytes += sign * bytes
    }
  }

  /** Takes note that a delivery has changed. */
  changed(delivery: DeliveryRecord): void {
    const stored = this.#stored.get(delivery.id)
    if (stored !== undefined) {
      this.#count(stored, -1)
      stored.bytes = sizeOfDelivery(delivery, stored.bodyBytes)
      stored.isPending = isPending(delivery)
      this.#count(stored, 1)
      this.#evict()
    }
    this.#notify(delivery)
  }

  #notify(delivery: DeliveryRecord): void {
    for (const observe of this.#observers) observe(delivery)
  }

  #evict(): void {
    const { maxDeliveries, maxBytes } = this.#limits
    for (const stored of this.#stored.values()) {
      const { count, bytes } = this.#all
      if (count <= maxDeliveries && (count === 1 || bytes <= maxBytes)) return
      if (!stored.isPending) this.#remove(stored)
    }
  }

  #remove(stored: Stored): void {
    this.#stored.delete(stored.delivery.id)
    this.#count(stored, -1)
  }

  get(id: string): DeliveryRecord | undefined {
    return this.#stored.get(id.toLowerCase())?.delivery
  }

  /** The deliveries that match, oldest first. */
  find(filter: DeliveryFilter): DeliveryRecord[] {
    const all = [...this.#stored.values()].map(({ delivery }) => delivery)
    return all.filter(matcherOf(filter))
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
    this.#observers.add(observe)
    return () => this.#observers.delete(observe)
  }
}

export const isPending = ({ state }: DeliveryRecord): boolean => state === 'pending'

/** Builds a predicate from a filter. */
export function matcherOf(filter: DeliveryFilter): (delivery: DeliveryRecord) => boolean {
  const { managingEntityIdentifier, webhookId, eventId, type, state } = filter
  const entity = managingEntityIdentifier && entityKey(managingEntityIdentifier)
  const [webhook, event] = [webhookId?.toLowerCase(), eventId?.toLowerCase()]
  return (delivery) =>
    (entity === undefined || entity === entityKey(delivery.managingEntityIdentifier)) &&
    (webhook === undefined || webhook === delivery.webhookId.toLowerCase()) &&
    (event === undefined || event === delivery.event.id.toLowerCase()) &&
    (type === undefined || type === delivery.event.type) &&
    (state === undefined || state === delivery.state)
}
