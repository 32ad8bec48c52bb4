import type { WaitSignal } from '../../base/signal.ts'
import type {
  Delivery,
  DeliveryFilter,
  DeliveryWait,
  EventTrigger,
  Redelivery,
  TriggeredEvent,
} from '../deliveries/types.ts'
import type { FaultMatch, KeysMatch, TokenMatch } from '../faults/match-types.ts'
import type { Operation } from '../../wink/types.ts'
import type { ArmedFault, FaultRule } from '../faults/types.ts'
import type { Har } from '../journal/export/har-types.ts'
import type { JournaledRequest, RequestFilter, RequestList, RequestWait } from '../journal/types.ts'
import type { EntityReset } from '../reset/types.ts'
import type { Webhook } from '../../wink/webhooks/types.ts'
import type { Tenant } from './types.ts'

/** `T` without the managing entity, which the tenant adds. */
type Narrowed<T> = T extends unknown ? Omit<T, 'managingEntityIdentifier'> : never

/**
 * Selects the requests of a tenant that a fault acts on; a missing field matches all of them. Requests below `/oauth2`
 * belong to no tenant.
 */
export type TenantFaultMatch = Narrowed<Exclude<FaultMatch, TokenMatch | KeysMatch>>

/** An operation whose requests name a managing entity. */
export type TenantOperation = Exclude<Operation, 'create-token' | 'revoke-token' | 'show-keys'>

/** A filter or a wait without the managing entity, which the tenant adds. */
type NarrowedRequests<T> = Omit<T, 'managingEntityIdentifier' | 'operation'> & {
  /** Operation of the imitated API. Default: all, and requests that are none. */
  readonly operation?: TenantOperation
}

/** Selects requests of a tenant in the journal. Requests below `/oauth2` belong to no tenant. */
export type TenantRequestFilter = NarrowedRequests<RequestFilter>

/** Requests of a tenant in the journal, with their order and number. */
export type TenantRequestList = NarrowedRequests<RequestList>

/** Requests of a tenant to wait for. */
export type TenantRequestWait = NarrowedRequests<RequestWait>

/** Parts of a tenant to reset. The clock belongs to all tenants. */
export type TenantReset = Narrowed<EntityReset>

/** A rule for requests of a tenant. */
export type TenantFaultRule = FaultRule extends infer Rule
  ? Rule extends unknown
    ? Omit<Rule, 'match'> & {
        /** Requests of the tenant that the rule acts on. Default: all of them. */
        readonly match?: TenantFaultMatch
      }
    : never
  : never

/** Controls the faults whose `match` names a tenant's managing entity. */
export interface TenantFaults {
  /**
   * Arms a rule for requests of this tenant. Requests below `/oauth2` name no managing entity, so it never acts on them.
   *
   * @throws ApiError `bad-request` if the rule is invalid, `conflict` if too many are armed
   */
  arm(rule: TenantFaultRule): ArmedFault
  /** Lists the tenant's rules in order, including those that are used up. */
  list(): ArmedFault[]
  /**
   * Shows a rule.
   *
   * @throws ApiError `not-found`
   */
  get(id: string): ArmedFault
  /**
   * Removes a rule.
   *
   * @throws ApiError `not-found`
   */
  remove(id: string): void
  /** Removes the tenant's rules. */
  clear(): void
}

/** Queries the tenant's requests in the journal. Every method throws ApiError `conflict` if the journal is off. */
export interface TenantRequests {
  /** Lists the tenant's requests, oldest first unless `order` says otherwise. */
  find(list?: TenantRequestList): JournaledRequest[]
  /** Counts the tenant's requests. */
  count(filter?: TenantRequestFilter): number
  /**
   * Shows a request.
   *
   * @throws ApiError `not-found` if the journal does not hold the request, or no longer
   */
  get(id: string): JournaledRequest
  /** Lists the tenant's requests as an HTTP Archive (HAR 1.2), secrets masked. */
  har(list?: TenantRequestList): Har
  /** Lists the tenant's requests as the text of an `.http` file. */
  http(list?: TenantRequestList): string
  /**
   * Gives a curl command for a POSIX shell that sends a request again.
   *
   * @throws ApiError `not-found`, or `conflict` if curl cannot send it
   */
  curl(id: string): string
  /**
   * Waits until enough of the tenant's requests match, those already in the journal included.
   *
   * @param signal - cancels the wait, which then rejects with its reason
   * @throws ApiError `request-timeout` that says which of the tenant's requests came instead
   */
  wait(what?: TenantRequestWait, signal?: WaitSignal): Promise<JournaledRequest[]>
  /** Removes the tenant's requests from the journal. */
  clear(filter?: TenantRequestFilter): void
}

/** An event of a tenant. */
export type TenantEvent = Narrowed<EventTrigger>

/** Selects deliveries to the webhooks of a tenant. */
export type TenantDeliveryFilter = Narrowed<DeliveryFilter>

/** Deliveries to the webhooks of a tenant to wait for. */
export type TenantDeliveryWait = Narrowed<DeliveryWait>

/** Triggers events of a tenant. */
export interface TenantEvents {
  /**
   * Sends an event to each webhook of the tenant that subscribes to its type, as `events.trigger` of the sandbox does.
   *
   * @param signal - ends the wait; the deliveries go on
   * @throws ApiError `bad-request` if the event is invalid, `not-found` if the tenant has no such webhook, `conflict` if
   *   there is no room for its deliveries
   */
  trigger(event: TenantEvent, signal?: WaitSignal): Promise<TriggeredEvent>
}

/** Queries the deliveries to the tenant's webhooks. */
export interface TenantDeliveries {
  /** Lists the tenant's deliveries, oldest first. */
  list(filter?: TenantDeliveryFilter): Delivery[]
  /**
   * Shows a delivery, also one of another tenant.
   *
   * @throws ApiError `not-found` if there is none, or no longer
   */
  get(id: string): Delivery
  /**
   * Waits until enough of the tenant's deliveries match, those that match already included.
   *
   * @param signal - cancels the wait, which then rejects with its reason
   * @throws ApiError `request-timeout` that says which of the tenant's deliveries there were instead
   */
  wait(what?: TenantDeliveryWait, signal?: WaitSignal): Promise<Delivery[]>
  /**
   * Sends a delivery that has ended once more, also one of another tenant.
   *
   * @param signal - ends the wait; the delivery goes on
   * @throws ApiError `not-found` if there is none, `conflict` if it cannot be sent
   */
  redeliver(id: string, how?: Redelivery, signal?: WaitSignal): Promise<Delivery>
  /** Forgets the tenant's deliveries, and cancels those that are pending. */
  clear(filter?: TenantDeliveryFilter): void
}

/** Lists a tenant's webhooks. */
export interface TenantWebhooks {
  /** Lists the tenant's webhooks, oldest first. */
  list(): Webhook[]
}

/** A tenant, and the part of the sandbox that belongs to it: tests with a tenant each never meet. */
export interface TenantSandbox extends Tenant {
  /** The managing entity as the body of a webhook names it. */
  readonly entity: {
    /** UUID of the managing entity. */
    readonly identifier: string
    /** Display name of the managing entity. */
    readonly name: string
  }
  /** Faults of the tenant. */
  readonly faults: TenantFaults
  /** Requests of the tenant in the journal. */
  readonly requests: TenantRequests
  /** Events of the tenant. */
  readonly events: TenantEvents
  /** Deliveries to the webhooks of the tenant. */
  readonly deliveries: TenantDeliveries
  /** Webhooks of the tenant. */
  readonly webhooks: TenantWebhooks
  /** Removes the tenant's webhooks, faults, requests and deliveries; or only some of these parts. */
  reset(what?: TenantReset): void
}
