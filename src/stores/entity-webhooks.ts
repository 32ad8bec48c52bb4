import { webhookKey } from '../domain/webhook.ts'
import type { Webhook } from '../schemas/webhook.ts'

/** The webhooks of one managing entity, in the order in which they were stored. */
export class EntityWebhooks {
  // Many entities have but one webhook, which is smaller than a map of it.
  #webhooks: Webhook | Map<string, Webhook>

  constructor(webhook: Webhook) {
    this.#webhooks = webhook
  }

  get size(): number {
    return this.#webhooks instanceof Map ? this.#webhooks.size : 1
  }

  get(id: string): Webhook | undefined {
    const key = webhookKey(id)
    if (this.#webhooks instanceof Map) return this.#webhooks.get(key)
    return webhookKey(this.#webhooks.id) === key ? this.#webhooks : undefined
  }

  /** Stores a webhook in the place of the one that has its id, or behind the others. */
  put(webhook: Webhook): void {
    const key = webhookKey(webhook.id)
    if (this.#webhooks instanceof Map) this.#webhooks.set(key, webhook)
    else {
      const first = this.#webhooks
      this.#webhooks = new Map([[webhookKey(first.id), first]]).set(key, webhook)
    }
  }

  /** @returns false if it was not there */
  remove(id: string): boolean {
    if (this.#webhooks instanceof Map) return this.#webhooks.delete(webhookKey(id))
    const isThere = this.get(id) !== undefined
    if (isThere) this.#webhooks = new Map()
    return isThere
  }

  list(): Webhook[] {
    return this.#webhooks instanceof Map ? [...this.#webhooks.values()] : [this.#webhooks]
  }
}
