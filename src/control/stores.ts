import { instantsOf, systemClock, type Clock } from '../base/clock.ts'
import { guardedIds, requireFunction, requireWholeNumber } from '../base/options.ts'
import { seededRandom } from '../base/random.ts'
import { maxTokenLifetimeSeconds } from '../wink/data-schema.ts'
import { randomIds, SeededIds, seededIds, unusedId, type IdSource } from '../base/ids.ts'
import type { RecordSources } from '../wink/webhooks/webhook.ts'
import { defaultMaxWebhookBytes } from '../wink/webhooks/size.ts'
import type { SandboxData } from '../wink/data-schema.ts'
import type { Switches } from '../wink/switches/switches.ts'
import { AccountStore } from '../wink/auth/accounts.ts'
import { ClientStore } from '../wink/oauth/clients.ts'
import { SettableClock } from './clock/clock.ts'
import { FaultStore } from './faults/store.ts'
import { HeldRequests } from './faults/held-requests.ts'
import { IssuedTokens } from '../wink/oauth/issued-tokens.ts'
import { Journal, type JournalLimits } from './journal/store.ts'
import { SandboxState } from '../wink/state.ts'
import { WebhookStore, type WebhookLimits } from '../wink/webhooks/store.ts'

/** What a sandbox remembers, and how much of it. Everything may be left out. */
export interface WorldOptions {
  /** What exists from the start. Default: nothing; any token and any managing entity is accepted. */
  readonly data?: SandboxData | undefined
  /** How many webhooks may be stored; one more is answered with 503. Default: 100,000. */
  readonly maxWebhooks?: number
  /**
   * How much memory stored webhooks may take, in bytes of all of them together, roughly; beyond it, 503.
   * Default: 64 MiB, or a quarter of V8's heap limit where that is less.
   */
  readonly maxWebhookBytes?: number
  /** How many requests the journal keeps; 0: none. Default: 1,000. */
  readonly maxJournalEntries?: number
  /** How much the journal keeps, in bytes of all requests together. Default: 16 MiB. */
  readonly maxJournalBytes?: number
  /** Makes all that is left to chance the same in every run. Default: it is not. */
  readonly seed?: number | undefined
  /** How long tokens of `/oauth2/token` live, in seconds, up to a day. Default: 300. */
  readonly tokenLifetimeSeconds?: number
  /** Where timestamps come from. Default: {@link systemClock}. */
  readonly clock?: Clock
  /** Where ids of webhooks come from. Default: made from `seed`, or {@link randomIds}. */
  readonly ids?: IdSource
}

/** The names of {@link WorldOptions}. */
export const worldOptions: Readonly<Record<keyof WorldOptions, true>> = {
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

/** All that a sandbox remembers. */
export interface World {
  readonly accounts: AccountStore
  readonly clients: ClientStore
  readonly issued: IssuedTokens
  readonly webhooks: WebhookStore
  readonly state: SandboxState
  readonly faults: FaultStore
  /** The requests that faults hold. */
  readonly held: HeldRequests
  readonly journal: Journal
  readonly clock: SettableClock
  /** Where new webhooks get their ids and timestamps from. */
  readonly sources: RecordSources
  readonly requestIds: IdSource
  readonly tenantIds: IdSource
}

/**
 * Makes the stores of a sandbox, with what exists from the start.
 *
 * @throws DataError if `options.data` is not what a sandbox can start with
 * @throws RangeError if a number makes no sense
 */
export function buildWorld(options: WorldOptions, { firstVersion }: Switches): World {
  const limits = limitsOf(options)
  const { seed, tokenLifetimeSeconds: lifetimeSeconds = 300 } = options
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
    sources: { ...sources, ids: idsBeside(webhooks, webhookIds) },
    requestIds: idsFor('requests'),
    tenantIds: idsFor('tenants'),
  }
}

/** Ids that no stored webhook has; random ones need no check. */
const idsBeside = (webhooks: WebhookStore, ids: IdSource): IdSource =>
  ids === randomIds ? ids : () => unusedId(ids, (id) => webhooks.has(id), webhooks.size)

function limitsOf({
  maxWebhooks = 100_000,
  maxWebhookBytes = defaultMaxWebhookBytes,
  maxJournalEntries = 1_000,
  maxJournalBytes = 16 * 1024 * 1024,
}: WorldOptions): { readonly webhooks: WebhookLimits; readonly journal: JournalLimits } {
  requireWholeNumber({ maxWebhooks, maxWebhookBytes, maxJournalEntries, maxJournalBytes }, 0)
  return {
    webhooks: { maxWebhooks, maxWebhookBytes },
    journal: { maxEntries: maxJournalEntries, maxBytes: maxJournalBytes },
  }
}
