import { dataError } from '../data.ts'
import { entityKey } from '../managing-entity.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { settingNames } from '../../base/settings.ts'
import { webhookKey } from './webhook.ts'
import { sizeOfWebhook } from './size.ts'
import type { Webhook } from './schema.ts'

/** Capacity of the store, for all managing entities together. */
export interface WebhookLimits {
  readonly maxWebhooks: number
  /** Approximate memory of all webhooks, in bytes. */
  readonly maxWebhookBytes: number
}

/** The webhooks of one managing entity, oldest first. */
class EntityWebhooks {
  // A single webhook is kept without a map, which saves memory: most entities have only one.
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

  /** Replaces the webhook with the same id, or appends the webhook. */
  put(webhook: Webhook): void {
    const key = webhookKey(webhook.id)
    if (this.#webhooks instanceof Map) this.#webhooks.set(key, webhook)
    else {
      const first = this.#webhooks
      this.#webhooks = new Map([[webhookKey(first.id), first]]).set(key, webhook)
    }
  }

  /** Removes the webhook with this id, which must exist. */
  remove(id: string): void {
    if (this.#webhooks instanceof Map) this.#webhooks.delete(webhookKey(id))
    else this.#webhooks = new Map()
  }

  list(): Webhook[] {
    return this.#webhooks instanceof Map ? [...this.#webhooks.values()] : [this.#webhooks]
  }
}

/** All webhooks, by managing entity, oldest first. */
export class WebhookStore {
  readonly #limits: WebhookLimits
  readonly #byEntity = new Map<string, EntityWebhooks>()
  /** The ids of all webhooks; undefined until somebody asks for one, as random ids need none. */
  #keys: Set<string> | undefined
  #size = 0
  #bytes = 0
  #revision = 0

  constructor(limits: WebhookLimits) {
    this.#limits = limits
  }

  /** Number of webhooks of all managing entities. */
  get size(): number {
    return this.#size
  }

  /** A number that grows with each change. */
  get revision(): number {
    return this.#revision
  }

  /** Whether a webhook of any managing entity has this id. */
  has(id: string): boolean {
    this.#keys ??= new Set(this.list().map((webhook) => webhookKey(webhook.id)))
    return this.#keys.has(webhookKey(id))
  }

  /**
   * Appends a webhook, whose id must not be stored.
   *
   * @throws ApiError `service-unavailable` that names the limit, if the store is full; it is unchanged then
   */
  add(webhook: Webhook): void {
    if (this.#size >= this.#limits.maxWebhooks) throw full('maxWebhooks')
    const bytes = sizeOfWebhook(webhook)
    this.#requireRoomForBytes(bytes)
    this.#store(webhook, 1, bytes)
  }

  /**
   * Replaces a stored webhook by one of the same managing entity and id.
   *
   * @throws ApiError `service-unavailable` that names the limit, if the store is full; it is unchanged then
   */
  update(stored: Webhook, changed: Webhook): void {
    const growth = sizeOfWebhook(changed) - sizeOfWebhook(stored)
    this.#requireRoomForBytes(growth)
    this.#store(changed, 0, growth)
  }

  #requireRoomForBytes(growth: number): void {
    if (growth > 0 && this.#bytes + growth > this.#limits.maxWebhookBytes) {
      throw full('maxWebhookBytes')
    }
  }

  /** Stores a webhook again, regardless of the limits, unless its id is taken. */
  restore(webhook: Webhook): void {
    if (!this.has(webhook.id)) this.#store(webhook, 1, sizeOfWebhook(webhook))
  }

  #store(webhook: Webhook, count: 0 | 1, growth: number): void {
    const key = entityKey(webhook.ownerIdentifier)
    const webhooks = this.#byEntity.get(key)
    if (webhooks) webhooks.put(webhook)
    else this.#byEntity.set(key, new EntityWebhooks(webhook))
    this.#keys?.add(webhookKey(webhook.id))
    this.#size += count
    this.#bytes += growth
    this.#revision += 1
  }

  /**
   * Replaces all webhooks.
   *
   * @throws DataError that names the limit, if they do not fit; the store is unchanged then
   */
  replace(webhooks: readonly Webhook[]): void {
    this.requireRoomFor(webhooks.length)
    const { maxWebhookBytes } = this.#limits
    const bytes = webhooks.reduce((sum, webhook) => sum + sizeOfWebhook(webhook), 0)
    if (bytes > maxWebhookBytes) {
      const { flag } = settingNames('maxWebhookBytes')
      throw dataError(
        '#/webhooks',
        `must take at most ${maxWebhookBytes} bytes in memory, not ${bytes} (--${flag})`,
      )
    }
    this.clear()
    for (const webhook of webhooks) this.#store(webhook, 1, sizeOfWebhook(webhook))
  }

  /** @throws DataError if the limit is below this number of webhooks */
  requireRoomFor(count: number): void {
    const { maxWebhooks } = this.#limits
    if (count <= maxWebhooks) return
    throw dataError('#/webhooks', `must have at most ${maxWebhooks} items (--max-webhooks)`)
  }

  /** The webhook of this managing entity with this id. */
  get(managingEntityIdentifier: string, id: string): Webhook | undefined {
    return this.#byEntity.get(entityKey(managingEntityIdentifier))?.get(id)
  }

  /** Removes a webhook, which must be stored. */
  remove(webhook: Webhook): void {
    const key = entityKey(webhook.ownerIdentifier)
    const webhooks = this.#byEntity.get(key)
    webhooks?.remove(webhook.id)
    if (webhooks?.isEmpty) this.#byEntity.delete(key)
    this.#keys?.delete(webhookKey(webhook.id))
    this.#size -= 1
    this.#bytes -= sizeOfWebhook(webhook)
    this.#revision += 1
  }

  /** The webhooks of a managing entity, or of all, grouped by entity. */
  list(managingEntityIdentifier?: string): Webhook[] {
    if (managingEntityIdentifier !== undefined) {
      return this.#byEntity.get(entityKey(managingEntityIdentifier))?.list() ?? []
    }
    return [...this.#byEntity.values()].flatMap((webhooks) => webhooks.list())
  }

  /** Removes the webhooks of a managing entity, or of all. */
  clear(managingEntityIdentifier?: string): void {
    if (managingEntityIdentifier !== undefined) {
      for (const webhook of this.list(managingEntityIdentifier)) this.remove(webhook)
      return
    }
    this.#byEntity.clear()
    this.#keys = undefined
    this.#size = 0
    this.#bytes = 0
    this.#revision += 1
  }
}

function full(setting: keyof WebhookLimits): ApiError {
  const { flag, environment } = settingNames(setting)
  return new ApiError(
    'service-unavailable',
    `The store is full; raise --${flag} (${environment}).`,
    {
      rule: 'capacity',
    },
  )
}
