import { entityKey } from '../domain/entity.ts'
import { webhookKey } from '../domain/webhook.ts'
import type { Webhook } from '../schemas/webhook.ts'

/** The webhooks, by managing entity, each in the order in which they were stored. */
export class WebhookStore {
  readonly #byEntity = new Map<string, Map<string, Webhook>>()
  readonly #ids = new Set<string>()
  /** How many webhooks there may be, of all managing entities together. */
  readonly capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /** The ids of all webhooks, in the form in which they are compared. */
  get ids(): ReadonlySet<string> {
    return this.#ids
  }

  /**
   * Stores a webhook behind the others of its managing entity.
   *
   * @returns false where the store is full; nothing is stored then
   */
  add(webhook: Webhook): boolean {
    if (this.#ids.size >= this.capacity) return false
    this.put(webhook)
    return true
  }

  /**
   * Stores a webhook whether there is room or not: in the place of the one of its managing entity that
   * has its id, or behind the others.
   */
  put(webhook: Webhook): void {
    const key = entityKey(webhook.ownerIdentifier)
    const webhooks = this.#byEntity.get(key) ?? new Map<string, Webhook>()
    this.#byEntity.set(key, webhooks.set(webhookKey(webhook.id), webhook))
    this.#ids.add(webhookKey(webhook.id))
  }

  /** The webhook of a managing entity that has this id. */
  get(managingEntityIdentifier: string, id: string): Webhook | undefined {
    return this.#byEntity.get(entityKey(managingEntityIdentifier))?.get(webhookKey(id))
  }

  /** Forgets a webhook; there is room for another one then. */
  remove({ ownerIdentifier, id }: Webhook): void {
    this.#byEntity.get(entityKey(ownerIdentifier))?.delete(webhookKey(id))
    this.#ids.delete(webhookKey(id))
  }

  /** The webhooks of a managing entity, or of all of them, those of one after those of another. */
  list(managingEntityIdentifier?: string): Webhook[] {
    return this.#keys(managingEntityIdentifier).flatMap((key) => [
      ...(this.#byEntity.get(key)?.values() ?? []),
    ])
  }

  /** Forgets the webhooks of a managing entity, or all of them. */
  clear(managingEntityIdentifier?: string): void {
    for (const key of this.#keys(managingEntityIdentifier)) {
      for (const id of this.#byEntity.get(key)?.keys() ?? []) this.#ids.delete(id)
      this.#byEntity.delete(key)
    }
  }

  #keys(managingEntityIdentifier: string | undefined): string[] {
    return managingEntityIdentifier === undefined
      ? [...this.#byEntity.keys()]
      : [entityKey(managingEntityIdentifier)]
  }
}
