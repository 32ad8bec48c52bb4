import { webhookKey } from './webhook.ts'
import type { Webhook } from './schema.ts'

/** The webhooks of one managing entity, in the order in which they were stored. */
export class EntityWebhooks {
  // Many entities have but one webhook, which is smaller than a map of it.
  #webhooks: Webhook | Map<string, Webhook>

  constructor(webhook: Webhook) {
    this.#webhooks = webhook
  }

  get isEmpty(): boolean {
    return this.#webhooks instanceof Map && this.#webhooks.size === 0
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

  /** Forgets the webhook that has this id, which is there. */
  remove(id: string): void {
    if (this.#webhooks instanceof Map) this.#webhooks.delete(webhookKey(id))
    else this.#webhooks = new Map()
  }

  list(): Webhook[] {
    return this.#webhooks instanceof Map ? [...this.#webhooks.values()] : [this.#webhooks]
  }
}
