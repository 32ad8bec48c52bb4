import { entityKey } from '../domain/entity.ts'
import type { Webhook } from '../schemas/webhook.ts'

/** The webhooks, by managing entity, each in the order in which they were stored. */
export class WebhookStore {
  readonly #byEntity = new Map<string, Webhook[]>()
  /** How many webhooks there may be, of all managing entities together. */
  readonly capacity: number
  #size = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /**
   * Stores a webhook behind the others of its managing entity.
   *
   * @returns false where the store is full; nothing is stored then
   */
  add(webhook: Webhook): boolean {
    if (this.#size >= this.capacity) return false
    this.put(webhook)
    return true
  }

  /** Stores a webhook that was there before, whether there is room or not. */
  put(webhook: Webhook): void {
    const key = entityKey(webhook.ownerIdentifier)
    const webhooks = this.#byEntity.get(key)
    if (webhooks) webhooks.push(webhook)
    else this.#byEntity.set(key, [webhook])
    this.#size += 1
  }

  /** The webhooks of a managing entity, or of all of them, those of one after those of another. */
  list(managingEntityIdentifier?: string): Webhook[] {
    if (managingEntityIdentifier === undefined) return [...this.#byEntity.values()].flat()
    return [...(this.#byEntity.get(entityKey(managingEntityIdentifier)) ?? [])]
  }

  /** Forgets the webhooks of a managing entity, or all of them. */
  clear(managingEntityIdentifier?: string): void {
    if (managingEntityIdentifier === undefined) {
      this.#byEntity.clear()
      this.#size = 0
      return
    }
    const key = entityKey(managingEntityIdentifier)
    this.#size -= this.#byEntity.get(key)?.length ?? 0
    this.#byEntity.delete(key)
  }
}
