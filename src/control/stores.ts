import { instantsOf, systemClock, type Clock } from '../base/clock.ts'
import { guardedIds } from '../base/guards.ts'
import { requireFunction, requireWholeNumber } from '../base/options.ts'
import { seededRandom } from '../base/random.ts'
import { defaultTokenLifetimeSeconds, maxTokenLifetimeSeconds } from '../wink/data-schema.ts'
import {
  numberedIds,
  randomIds,
  SeededIds,
  seededIds,
  unusedId,
  type IdSource,
} from '../base/ids.ts'
import type { RecordSources } from '../wink/webhooks/webhook.ts'
import { defaultMaxWebhookBytes } from '../wink/webhooks/size.ts'
import type { SandboxData } from '../wink/types.ts'
import type { Switches } from '../wink/switches/types.ts'
import { AccountStore } from '../wink/auth/accounts.ts'
import { ClientStore } from '../wink/oauth/clients.ts'
import { SettableClock } from './clock/clock.ts'
import { FaultStore } from './faults/store.ts'
import { HeldRequests } from './faults/held-requests.ts'
import { IssuedTokens } from '../wink/oauth/issued-tokens.ts'
import { Journal, type JournalLimits } from './journal/store.ts'
import { SandboxState } from '../wink/state.ts'
import { WebhookStore, type WebhookLimits } from '../wink/webhooks/store.ts'

/** Options for the stores: initial data, limits, and the sources of ids and timestamps. All are optional. */
export interface StoreOptions {
  /** Initial data. Default: none; any token and any managing entity is accepted. */
  readonly data?: SandboxData | undefined
  /** Maximum number of stored webhooks; one more is answered with 503. Default: 100,000. */
  readonly maxWebhooks?: number
  /**
   * Maximum memory of all stored webhooks together, in bytes, estimated; a webhook beyond it is answered with
   * 503. Default: 64 MiB, or a twelfth of V8's heap limit if that is less.
   */
  readonly maxWebhookBytes?: number
  /** Maximum number of requests in the journal; 0 turns the journal off. Default: 1,000. */
  readonly maxJournalEntries?: number
  /** Maximum memory of all requests in the journal together, in bytes, estimated. Default: 16 MiB. */
  readonly maxJournalBytes?: number
  /** Seed for everything random, so that every run is the same. Default: runs differ. */
  readonly seed?: number | undefined
  /** Lifetime of tokens from `/oauth2/token`, in seconds, up to a day. Default: 10800, three hours. */
  readonly tokenLifetimeSeconds?: number
  /** Clock for timestamps. Default: {@link systemClock}. */
  readonly clock?: Clock
  /** Source of webhook ids. Default: derived from `seed`, or {@link randomIds}. */
  readonly ids?: IdSource
}

/** The names of {@link StoreOptions}. */
export const storeOptions: Readonly<Record<keyof StoreOptions, true>> = {
  data: true,
  maxWebhooks: true,
  maxWebhookBytes: true,
  maxJournalEntries: true,
  maxJournalBytes: true,
  seed: true,
  tokenLifetimeSeconds: true,
  clock: true,
  ids: true,
}

/** The stores of one sandbox, its clock, and its sources of ids. */
export interface Stores {
  readonly accounts: AccountStore
  readonly clients: ClientStore
  readonly issued: IssuedTokens
  readonly webhooks: WebhookStore
  readonly state: SandboxState
  readonly faults: FaultStore
  /** Requests that a fault delays or leaves unanswered. */
  readonly held: HeldRequests
  readonly journal: Journal
  readonly clock: SettableClock
  /** Ids and timestamps of new webhooks. */
  readonly sources: RecordSources
  readonly requestIds: IdSource
  readonly tenantIds: IdSource
  readonly eventIds: IdSource
  readonly deliveryIds: IdSource
  /** Receivers of the events of tenants, by managing entity. */
  readonly receivers: Map<string, string>
}

/**
 * Builds the stores of a sandbox and fills them with the initial data.
 *
 * @throws DataError if `options.data` is invalid
 * @throws RangeError if a number is out of range
 */
export function buildStores(options: StoreOptions, { firstVersion }: Switches): Stores {
  const limits = limitsOf(options)
  const { seed, tokenLifetimeSeconds: lifetimeSeconds = defaultTokenLifetimeSeconds } = options
  requireWholeNumber({ tokenLifetimeSeconds: lifetimeSeconds }, 1, maxTokenLifetimeSeconds)
  if (seed !== undefined) requireWholeNumber({ seed }, 0)
  requireFunction({ clock: options.clock, ids: options.ids })
  const idsFor = (purpose: string): IdSource =>
    seed === undefined ? randomIds : seededIds(seed, purpose)

  const clock = new SettableClock(options.clock ?? systemClock)
  const seeded = seed === undefined ? undefined : new SeededIds(seed)
  const webhookIds = options.ids ? guardedIds(options.ids) : (seeded?.next ?? randomIds)
  const clients = new ClientStore()
  const tokens = { clients, clock: clock.now, ids: idsFor('tokens'), lifetimeSeconds }
  const issued = new IssuedTokens(tokens)
  const accounts = new AccountStore(clock.now, clients, issued)
  const webhooks = new WebhookStore(limits.webhooks)
  const sources = { instants: instantsOf(clock.now), ids: webhookIds }
  const state = new SandboxState(options.data, {
    accounts,
    webhooks,
    sources,
    seeded,
    firstVersion,
  })
  return {
    accounts,
    clients,
    issued,
    webhooks,
    state,
    faults: new FaultStore(idsFor('faults'), seed === undefined ? Math.random : seededRandom(seed)),
    held: new HeldRequests(),
    journal: new Journal(limits.journal),
    clock,
    sources: { ...sources, ids: unusedIds(webhooks, webhookIds) },
    requestIds: seed === undefined ? numberedIds() : seededIds(seed, 'requests'),
    tenantIds: idsFor('tenants'),
    eventIds: idsFor('events'),
    deliveryIds: idsFor('deliveries'),
    receivers: new Map(),
  }
}

/** Skips ids of stored webhooks. Random ids need no check. */
const unusedIds = (webhooks: WebhookStore, ids: IdSource): IdSource =>
  ids === randomIds ? ids : () => unusedId(ids, (id) => webhooks.has(id), webhooks.size)

function limitsOf({
  maxWebhooks = 100_000,
  maxWebhookBytes = defaultMaxWebhookBytes,
  maxJournalEntries = 1_000,
  maxJournalBytes = 16 * 1024 * 1024,
}: StoreOptions): { readonly webhooks: WebhookLimits; readonly journal: JournalLimits } {
  requireWholeNumber({ maxWebhooks, maxWebhookBytes, maxJournalEntries, maxJournalBytes }, 0)
  return {
    webhooks: { maxWebhooks, maxWebhookBytes },
    journal: { maxEntries: maxJournalEntries, maxBytes: maxJournalBytes },
  }
}
