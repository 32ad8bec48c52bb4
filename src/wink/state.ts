import { requireData } from './data.ts'
import { isSameEntity } from './webhooks/entity.ts'
import { LazyList } from '../base/json/lazy-list.ts'
import { unusedId, type IdSource } from '../base/ids.ts'
import { seededWebhook, webhookKey, type RecordSources } from './webhooks/webhook.ts'
import type { ClientData, ManagingEntityData, SandboxData, WebhookData } from './data-schema.ts'
import type { Webhook } from './webhooks/schema.ts'
import type { AccountStore } from './auth/accounts.ts'
import type { SeededIds } from '../base/seeded-ids.ts'
import type { WebhookStore } from './webhooks/store.ts'

/** What the state of a sandbox consists of. */
export interface StateParts {
  readonly accounts: AccountStore
  readonly webhooks: WebhookStore
  /** Ids and timestamps for webhooks that come without. */
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

  /**
   * Puts another state in the place of all that there is.
   *
   * @throws DataError if `value` is no state, or one for which there is no room
   * @throws Error if the ids or the clock fail
   *
   * Nothing has changed after an error.
   */
  import(value: unknown): void {
    const { webhooks = [], ...others } = requireData(value)
    const { accounts, webhooks: store, seeded } = this.#parts
    store.requireRoomFor(webhooks.length)
    const given = seeded?.given
    try {
      store.replace(this.#recordsOf(webhooks))
    } catch (error) {
      seeded?.rewind(given)
      throw error
    }
    accounts.replace(others)
  }

  #recordsOf(webhooks: readonly WebhookData[]): Webhook[] {
    const { sources, firstVersion } = this.#parts
    const taken = new Set(webhooks.flatMap(({ id }) => (id === undefined ? [] : webhookKey(id))))
    const ids = (): string => {
      const id = unusedId(sources.ids, (other) => taken.has(webhookKey(other)), taken.size)
      taken.add(webhookKey(id))
      return id
    }
    return webhooks.map((webhook) => seededWebhook(webhook, firstVersion, { ...sources, ids }))
  }

  /** Back to the webhooks of the start, of a managing entity or of all. */
  resetWebhooks(managingEntityIdentifier?: string): void {
    const { accounts, webhooks, seeded } = this.#parts
    if (managingEntityIdentifier === undefined) seeded?.rewind()
    webhooks.clear(managingEntityIdentifier)
    for (const webhook of this.#startWebhooks) {
      // An import may have put other managing entities in the place of those of the start.
      const hasOwner = accounts.hasManagingEntity(webhook.ownerIdentifier)
      if (hasOwner && isOf(webhook, managingEntityIdentifier)) webhooks.restore(webhook)
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
  managingEntityIdentifier === undefined || isSameEntity(ownerIdentifier, managingEntityIdentifier)
