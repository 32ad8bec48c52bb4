import { requireData } from './data.ts'
import { isSameEntity } from './managing-entity.ts'
import { LazyList } from '../base/json/lazy-list.ts'
import { unusedId, type IdSource, type SeededIds } from '../base/ids.ts'
import { seededWebhook, webhookKey, type RecordSources } from './webhooks/webhook.ts'
import type { ClientData, ManagingEntityData, SandboxData, WebhookData } from './data-schema.ts'
import type { Webhook } from './webhooks/schema.ts'
import type { AccountStore } from './auth/accounts.ts'
import type { WebhookStore } from './webhooks/store.ts'

/** The parts of a sandbox's state. */
export interface StateParts {
  readonly accounts: AccountStore
  readonly webhooks: WebhookStore
  /** Sources of the fields that imported webhooks lack. */
  readonly sources: RecordSources
  /** The seeded ids of `sources`, which a reset rewinds; undefined without a seed. */
  readonly seeded: SeededIds | undefined
  /** Version of imported webhooks that lack one. */
  readonly firstVersion: number
}

/** The state of a sandbox (managing entities, tokens, clients and webhooks): export, import and reset. */
export class SandboxState {
  readonly #parts: StateParts
  readonly #startAccounts: SandboxData
  readonly #startWebhooks: readonly Webhook[]

  /** @throws DataError if `start` is invalid or exceeds the limits */
  constructor(start: SandboxData | undefined, parts: StateParts) {
    this.#parts = parts
    if (start !== undefined) this.import(start)
    this.#startAccounts = parts.accounts.export()
    this.#startWebhooks = parts.webhooks.list()
    parts.seeded?.mark()
  }

  /** A number that grows with each change of what {@link export} shows. */
  get revision(): number {
    const { accounts, webhooks } = this.#parts
    return accounts.revision + webhooks.revision
  }

  /** Copies of the webhooks, of a managing entity or of all. Each is copied when it is read. */
  webhooks(managingEntityIdentifier?: string): LazyList<Webhook> {
    return LazyList.of(this.#parts.webhooks.list(managingEntityIdentifier), copyOf)
  }

  /** A copy of the state. */
  export(): Omit<SandboxData, 'webhooks'> & { readonly webhooks: LazyList<Webhook> } {
    return { ...structuredClone(this.#parts.accounts.export()), webhooks: this.webhooks() }
  }

  /**
   * Replaces the state. If it throws, the state is unchanged.
   *
   * @throws DataError if `value` is invalid or exceeds the limits
   * @throws Error if the user's `ids` or `clock` fail
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

  /** Restores the webhooks of the start, of a managing entity or of all. */
  resetWebhooks(managingEntityIdentifier?: string): void {
    const { accounts, webhooks, seeded } = this.#parts
    if (managingEntityIdentifier === undefined) seeded?.rewind()
    webhooks.clear(managingEntityIdentifier)
    for (const webhook of this.#startWebhooks) {
      // An import may have replaced the managing entities of the start.
      const hasOwner = accounts.hasManagingEntity(webhook.ownerIdentifier)
      if (hasOwner && isOf(webhook, managingEntityIdentifier)) webhooks.restore(webhook)
    }
  }

  /** Restores the managing entities, tokens and clients of the start, and forgets revocations. */
  resetAccounts(): void {
    this.#parts.accounts.replace(this.#startAccounts)
  }

  /** An identifier that no managing entity has. */
  unusedEntity(ids: IdSource): string {
    const { accounts, webhooks } = this.#parts
    for (;;) {
      const identifier = ids()
      const isUsed = accounts.isConfigured(identifier) || webhooks.list(identifier).length > 0
      if (!isUsed) return identifier
    }
  }

  /** Adds a managing entity, and a token and a client that manage it. */
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
