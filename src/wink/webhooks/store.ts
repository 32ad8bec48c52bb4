import { dataError } from '../data.ts'
import { entityKey } from './entity.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { settingNames } from '../../base/setting-names.ts'
import { webhookKey } from './webhook.ts'
import { sizeOfWebhook } from './size.ts'
import type { Webhook } from './schema.ts'

/** How many webhooks may be stored, and how much of them, of all managing entities together. */
export interface WebhookLimits {
  readonly maxWebhooks: number
  /** Bytes, roughly. */
  readonly maxWebhookBytes: number
}

/** The webhooks of one managing entity, in the order in which they were stored. */
class EntityWebhooks {
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

/** The webhooks, by managing entity, each in the order in which they were stored. */
export class WebhookStore {
  readonly #limits: WebhookLimits
  readonly #byEntity = new Map<string, EntityWebhooks>()
  /** The ids of all webhooks; undefined until somebody asks for one, as random ids need none. */
  #keys: Set<string> | undefined
  #size = 0
  #bytes = 0

  constructor(limits: WebhookLimits) {
    this.#limits = limits
  }

  /** How many webhooks there are, of all managing entities together. */
  get size(): number {
    return this.#size
  }

  /** Whether a webhook of any managing entity has this id. */
  has(id: string): boolean {
    this.#keys ??= new Set(this.list().map((webhook) => webhookKey(webhook.id)))
    return this.#keys.has(webhookKey(id))
  }

  /**
   * Stores a webhook in the place of the one that has its id, or behind the others of its managing entity.
   *
   * @throws ApiError `service-unavailable` that names the setting, if there is no room; nothing is stored then
   */
  put(webhook: Webhook): void {
    const { maxWebhooks, maxWebhookBytes } = this.#limits
    const previous = this.get(webhook.ownerIdentifier, webhook.id)
    const growth = sizeOfWebhook(webhook) - (previous ? sizeOfWebhook(previous) : 0)
    if (!previous && this.size >= maxWebhooks) throw full('maxWebhooks')
    if (growth > 0 && this.#bytes + growth > maxWebhookBytes) throw full('maxWebhookBytes')
    this.#store(webhook, previous ? 0 : 1, growth)
  }

  /** Stores a webhook that was there before, whether there is room or not, unless its id is taken. */
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
  }

  /**
   * Stores webhooks in the place of all that there are.
   *
   * @throws DataError that names the setting, if there is no room; nothing has changed then
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

  /** @throws DataError if there may not be so many webhooks at all */
  requireRoomFor(count: number): void {
    const { maxWebhooks } = this.#limits
    if (count <= maxWebhooks) return
    throw dataError('#/webhooks', `must have at most ${maxWebhooks} items (--max-webhooks)`)
  }

  /** The webhook of a managing entity that has this id. */
  get(managingEntityIdentifier: string, id: string): Webhook | undefined {
    return this.#byEntity.get(entityKey(managingEntityIdentifier))?.get(id)
  }

  /** Forgets a webhook that is stored; there is room for another one then. */
  remove(webhook: Webhook): void {
    const key = entityKey(webhook.ownerIdentifier)
    const webhooks = this.#byEntity.get(key)
    webhooks?.remove(webhook.id)
    if (webhooks?.isEmpty) this.#byEntity.delete(key)
    this.#keys?.delete(webhookKey(webhook.id))
    this.#size -= 1
    this.#bytes -= sizeOfWebhook(webhook)
  }

  /** The webhooks of a managing entity, or of all of them, those of one after those of another. */
  list(managingEntityIdentifier?: string): Webhook[] {
    if (managingEntityIdentifier !== undefined) {
      return this.#byEntity.get(entityKey(managingEntityIdentifier))?.list() ?? []
    }
    return [...this.#byEntity.values()].flatMap((webhooks) => webhooks.list())
  }

  /** Forgets the webhooks of a managing entity, or all of them. */
  clear(managingEntityIdentifier?: string): void {
    if (managingEntityIdentifier !== undefined) {
      for (const webhook of this.list(managingEntityIdentifier)) this.remove(webhook)
      return
    }
    this.#byEntity.clear()
    this.#keys = undefined
    this.#size = 0
    this.#bytes = 0
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
