import { entityKey } from '../domain/entity.ts'
import { eventNames } from '../schemas/event-types.ts'
import type { Webhook } from '../schemas/webhook.ts'
import { EntityWebhooks } from './entity-webhooks.ts'
import { shared, sharedList } from './shared-texts.ts'

/** The webhooks, by managing entity, each in the order in which they were stored. */
export class WebhookStore {
  readonly #byEntity = new Map<string, EntityWebhooks>()
  /** The one that was stored last, with whose texts those of the next are compared. */
  #last: Webhook | undefined
  #size = 0
  /** How many webhooks there may be, of all managing entities together. */
  readonly capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /** How many webhooks there are, of all managing entities together. */
  get size(): number {
    return this.#size
  }

  /** Whether a webhook of any managing entity has this id. */
  has(id: string): boolean {
    for (const webhooks of this.#byEntity.values()) {
      if (webhooks.get(id)) return true
    }
    return false
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

  /**
   * Stores a copy of a webhook whether there is room or not: in the place of the one of its managing entity that
   * has its id, or behind the others.
   */
  put(webhook: Webhook): void {
    const copy = copyOf(webhook, this.#last ?? { ...webhook, eventList: [] })
    this.#last = copy
    const key = entityKey(copy.ownerIdentifier)
    const webhooks = this.#byEntity.get(key)
    const sizeBefore = webhooks?.size ?? 0
    if (webhooks) webhooks.put(copy)
    else this.#byEntity.set(key, new EntityWebhooks(copy))
    this.#size += (webhooks?.size ?? 1) - sizeBefore
  }

  /** The webhook of a managing entity that has this id. */
  get(managingEntityIdentifier: string, id: string): Webhook | undefined {
    return this.#byEntity.get(entityKey(managingEntityIdentifier))?.get(id)
  }

  /** Forgets a webhook; there is room for another one then. */
  remove({ ownerIdentifier, id }: Webhook): void {
    const key = entityKey(ownerIdentifier)
    const webhooks = this.#byEntity.get(key)
    if (webhooks?.remove(id)) this.#size -= 1
    if (webhooks?.size === 0) this.#byEntity.delete(key)
  }

  /** The webhooks of a managing entity, or of all of them, those of one after those of another. */
  list(managingEntityIdentifier?: string): Webhook[] {
    return this.#keys(managingEntityIdentifier).flatMap(
      (key) => this.#byEntity.get(key)?.list() ?? [],
    )
  }

  /** Forgets the webhooks of a managing entity, or all of them. */
  clear(managingEntityIdentifier?: string): void {
    for (const key of this.#keys(managingEntityIdentifier)) {
      this.#size -= this.#byEntity.get(key)?.size ?? 0
      this.#byEntity.delete(key)
    }
  }

  #keys(managingEntityIdentifier: string | undefined): string[] {
    return managingEntityIdentifier === undefined
      ? [...this.#byEntity.keys()]
      : [entityKey(managingEntityIdentifier)]
  }
}

/** A copy that keeps the texts once that are equal to those of another webhook, or to Wink's. */
function copyOf(webhook: Webhook, other: Webhook): Webhook {
  const createdDate = shared(webhook.createdDate, other.createdDate)
  return {
    id: webhook.id,
    createdDate,
    lastUpdate: shared(webhook.lastUpdate, createdDate),
    version: webhook.version,
    userIdentifier: shared(webhook.userIdentifier, other.userIdentifier),
    ownerIdentifier: shared(webhook.ownerIdentifier, other.ownerIdentifier),
    ownerName: shared(webhook.ownerName, other.ownerName),
    name: shared(webhook.name, other.name),
    enabled: webhook.enabled,
    eventUrl: shared(webhook.eventUrl, other.eventUrl),
    eventList: sharedEvents(webhook.eventList, other.eventList),
  }
}

function sharedEvents(names: string[], others: string[]): string[] {
  const list = sharedList(names, others)
  return list === others ? others : list.map((name) => eventNames.get(name) ?? name)
}
