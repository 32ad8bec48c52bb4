import { dataError, requireData, seededWebhook } from '../domain/data.ts'
import { entityKey } from '../domain/entity.ts'
import { LazyList } from '../domain/lazy-list.ts'
import { unusedId, type IdSource } from '../domain/uuid.ts'
import { webhookKey, type RecordSources } from '../domain/webhook.ts'
import type { ClientData, ManagingEntityData, SandboxData } from '../schemas/data.ts'
import type { Webhook } from '../schemas/webhook.ts'
import type { AccountStore } from './accounts.ts'
import type { SeededIds } from './seeded-ids.ts'
import type { WebhookStore } from './webhooks.ts'

/** What the state of a sandbox consists of. */
export interface StateParts {
  readonly accounts: AccountStore
  readonly webhooks: WebhookStore
  readonly sources: RecordSources
  /** The ids of `sources`, where they begin again with each reset. */
  readonly seeded: SeededIds | undefined
  /** Version of a webhook that comes without one. */
  readonly firstVersion: number
}

/** Managing entities, tokens, clients and webhooks as one: exported, imported, and put back to the start. */
export class SandboxState {
  readonly #parts: StateParts
  readonly #startAccounts: SandboxData
  readonly #startWebhooks: readonly Webhook[]

  /** @throws DataError if a sandbox cannot start with `start` */
  constructor(start: SandboxData | undefined, parts: StateParts) {
    this.#parts = parts
    if (start !== undefined) this.import(start)
    this.#startAccounts = parts.accounts.export()
    this.#startWebhooks = parts.webhooks.list()
    parts.seeded?.mark()
  }

  /** The webhooks, of a managing entity or of all: copies, which are made when they are looked at. */
  webhooks(managingEntityIdentifier?: string): LazyList<Webhook> {
    return LazyList.of(this.#parts.webhooks.list(managingEntityIdentifier), copyOf)
  }

  /** Copies of all that there is. */
  export(): Omit<SandboxData, 'webhooks'> & { readonly webhooks: LazyList<Webhook> } {
    return { ...structuredClone(this.#parts.accounts.export()), webhooks: this.webhooks() }
  }

  /** @throws DataError if `value` is no such state; nothing has changed then */
  import(value: unknown): void {
    const { webhooks = [], ...data } = requireData(value)
    const others = structuredClone(data)
    const { accounts, webhooks: store, sources, firstVersion } = this.#parts
    if (webhooks.length > store.capacity) {
      throw dataError('#/webhooks', `must have at most ${store.capacity} items (--max-webhooks)`)
    }
    accounts.replace(others)
    store.clear()
    const given = new Set(webhooks.map(({ id = '' }) => webhookKey(id)))
    const isGiven = (id: string): boolean => given.has(webhookKey(id))
    const ids = (): string => unusedId(sources.ids, isGiven, given.size)
    for (const webhook of webhooks) {
      store.put(seededWebhook(webhook, firstVersion, { ...sources, ids }))
    }
  }

  /** Back to the webhooks of the start, of a managing entity or of all. */
  resetWebhooks(managingEntityIdentifier?: string): void {
    const { webhooks, seeded } = this.#parts
    if (managingEntityIdentifier === undefined) seeded?.rewind()
    webhooks.clear(managingEntityIdentifier)
    const back = this.#startWebhooks.filter((webhook) => isOf(webhook, managingEntityIdentifier))
    if (back.length === 0) return
    const taken = new Set(webhooks.list().map(({ id }) => webhookKey(id)))
    for (const webhook of back) {
      if (!taken.has(webhookKey(webhook.id))) webhooks.put(webhook)
    }
  }

  /** Back to the managing entities, tokens and clients of the start; nothing is revoked. */
  resetAccounts(): void {
    this.#parts.accounts.replace(this.#startAccounts)
  }

  /** An identifier for a managing entity that nobody has used yet. */
  unusedEntity(ids: IdSource): string {
    const { accounts, webhooks } = this.#parts
    for (;;) {
      const identifier = ids()
      const isUsed = accounts.isConfigured(identifier) || webhooks.list(identifier).length > 0
      if (!isUsed) return identifier
    }
  }

  /** A managing entity, a token and a client for it come in addition. */
  admit(entity: ManagingEntityData, token: string, client: ClientData): void {
    this.#parts.accounts.admit(entity, token, client)
  }
}

const copyOf = (webhook: Webhook): Webhook => ({ ...webhook, eventList: [...webhook.eventList] })

const isOf = (
  { ownerIdentifier }: Webhook,
  managingEntityIdentifier: string | undefined,
): boolean =>
  managingEntityIdentifier === undefined ||
  entityKey(ownerIdentifier) === entityKey(managingEntityIdentifier)
