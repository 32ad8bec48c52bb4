import { entityKey } from '../domain/entity.ts'
import type { Webhook } from '../schemas/webhook.ts'

/** The webhooks, by managing entity, each in the order in which they were stored. */
export class WebhookStore {
  readonly #byEntity = new Map<string, Webhook[]>()
  readonly #capacity: number
  #size = 0

  /** @param capacity - how many webhooks there may be, of all managing entities together */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /**
   * Stores a webhook behind the others of its managing entity.
   *
   * @returns false where the store is full; nothing is stored then
   */
  add(webhook: Webhook): boolean {
    if (this.#size >= this.#capacity) return false
    const key = entityKey(webhook.ownerIdentifier)
    const webhooks = this.#byEntity.get(key)
    if (webhooks) webhooks.push(webhook)
    else this.#byEntity.set(key, [webhook])
    this.#size += 1
    return true
  }
}
