import type { ArmedFault, FaultRule } from './faults/schema.ts'
import type {
  ClockReading,
  ClockSetting,
  EntityFilter,
  Reset,
  Tenant,
  TenantInput,
} from './schema.ts'
import type { SandboxData } from '../wink/data-schema.ts'
import type { JournaledRequest, RequestFilter, RequestWait } from './journal/schema.ts'
import type { Ambiguity } from '../wink/switches/ambiguities.ts'
import type { Webhook } from '../wink/webhooks/schema.ts'

/**
 * What a test steers a sandbox with: the same over HTTP, below `/__admin`, and from the library.
 *
 * What is given is checked: `ApiError` says what is wrong with it, and nothing has changed then.
 */
export interface Control {
  /** Rules that answer in place of the truth. */
  readonly faults: FaultControl
  /** The journal: what was asked and what was answered. */
  readonly requests: RequestControl
  readonly webhooks: {
    /** The webhooks that are stored, of a managing entity or of all. */
    list(filter?: EntityFilter): Webhook[]
  }
  readonly state: {
    /** All managing entities, tokens, clients and webhooks, in the form of a data file. */
    export(): SandboxData
    /**
     * Puts other managing entities, tokens, clients and webhooks in place of those that there are.
     * Revocations are forgotten.
     *
     * @throws DataError if they cannot be; nothing has changed then
     */
    import(data: SandboxData): void
  }
  readonly tenants: {
    /** Makes a managing entity that no other test knows, a token for it, and a client that gets more. */
    create(input?: TenantInput): Tenant
  }
  readonly clock: {
    read(): ClockReading
    /** Sets the clock that timestamps and the expiry of tokens follow. */
    set(setting: ClockSetting): ClockReading
  }
  readonly ambiguities: {
    /** What the documentation leaves open, and how this sandbox answers it. */
    list(): Ambiguity[]
  }
  /**
   * Back to the start: the data that the sandbox was started with, no faults, no requests, the system
   * clock; or a part of that, or all of that for one managing entity.
   */
  reset(what?: Reset): void
}

/** Steers faults. */
export interface FaultControl {
  /**
   * Arms a rule, behind those that are armed already.
   *
   * @throws ApiError `bad-request` if it is not one, `conflict` if there are too many
   */
  arm(rule: FaultRule): ArmedFault
  /** The rules, in their order; those that are used up too. */
  list(filter?: EntityFilter): ArmedFault[]
  /** @throws ApiError `not-found` */
  get(id: string): ArmedFault
  /** @throws ApiError `not-found` */
  remove(id: string): void
  /** Removes all rules, or those whose `match` names a managing entity. */
  clear(filter?: EntityFilter): void
}

/** Asks the journal. Every method throws ApiError `conflict` if it is off. */
export interface RequestControl {
  /** Requests, oldest first. */
  find(filter?: RequestFilter): JournaledRequest[]
  count(filter?: RequestFilter): number
  /** @throws ApiError `not-found` if the journal does not hold it, or no longer */
  get(id: string): JournaledRequest
  /**
   * Waits until there have been so many requests, those that are there already included.
   *
   * @param signal - gives the wait up
   * @throws ApiError `request-timeout` that says what was seen instead
   */
  wait(what?: RequestWait, signal?: AbortSignal): Promise<JournaledRequest[]>
  /** Forgets requests. */
  clear(filter?: RequestFilter): void
}
