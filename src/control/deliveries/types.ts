import type { Finding } from './verdict.ts'

/** Members that every trigger can have. */
interface AnyTrigger {
  /** Event type, such as `booking.create`. The switch `unknownEventNames` decides on types outside Wink's catalogue. */
  readonly type: string
  /** More header fields of the request to the receiver, by name. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * Receiver of the event: a base URL that takes the place of scheme, user info, host and port of the registered URL, or
   * `event-url` for the registered URL itself. Default: that of the tenant, then that of the sandbox.
   */
  readonly deliverTo?: string
  /** Pauses before the second attempt and each further one, in ms; at most 10. Default: those of the sandbox. */
  readonly retryDelaysMs?: readonly number[]
  /** How often the same event goes to each webhook, 1 to 10. A copy follows when the one before it has ended. Default: 1. */
  readonly copies?: number
  /** Signs each attempt by Standard Webhooks. Default: no signature, as Wink has none. */
  readonly sign?: {
    /** The secret: `whsec_` and 24 to 64 bytes in Base64. */
    readonly secret: string
  }
  /** How long to wait until all deliveries have ended, in ms, 0 to 600,000. Default: not at all. */
  readonly waitMs?: number
}

// The order of the interfaces decides which one the compiler names: an object without a target lacks the last one.

/** An event whose body goes out as it is given. */
interface RawEvent {
  /** The body, in place of the envelope. */
  readonly raw: string
  /** Media type of `raw`. Default: `application/json`. */
  readonly contentType?: string
  readonly id?: never
  readonly object?: never
}

/** An event in Wink's envelope. */
interface EnvelopedEvent {
  /** UUID of the event. Default: a new one. */
  readonly id?: string
  /** The subject of the event: any JSON. Default: `{}`. */
  readonly object?: unknown
  readonly raw?: never
  readonly contentType?: never
}

/** An event for one webhook. */
interface WebhookTarget {
  /** Identifier of the managing entity that owns it, in either case. Default: whichever does. */
  readonly managingEntityIdentifier?: string
  /** UUID of the webhook. */
  readonly webhookId: string
}

/** An event for the webhooks of a managing entity. */
interface EntityTarget {
  /** Identifier of the managing entity, in either case. */
  readonly managingEntityIdentifier: string
  /** UUID of one of its webhooks. Default: all of them. */
  readonly webhookId?: string
}

/** An event to deliver to the webhooks of a managing entity, or to one webhook. */
export type EventTrigger = AnyTrigger & (RawEvent | EnvelopedEvent) & (WebhookTarget | EntityTarget)

/** How far a delivery is. `skipped`: the event was not sent. `cancelled`: the sandbox closed, or forgot the delivery. */
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'skipped' | 'cancelled'

/** Why an event was not sent to a webhook. */
export type SkipReason = 'disabled' | 'not-subscribed' | 'no-receiver'

/** One request to the receiver, and its answer. */
export interface DeliveryAttempt {
  /** Number of the attempt, from 1; a delivery that is sent again goes on counting. */
  number: number
  /** When it began: date and time in UTC (RFC 3339), by the sandbox's clock. */
  time: string
  /** Time to the end of the answer, or to the failure, in ms. */
  durationMs: number
  /** Header fields that only this attempt had, by lower-case name, secrets masked: those of the sandbox and of a signature. */
  sent: Record<string, string | string[]>
  /** Time to the first byte of the answer, in ms; null if none came. */
  firstByteMs: number | null
  /** Status of the answer; null if there was none. */
  status: number | null
  /** Header fields of the answer by lower-case name, at most 50 and 4 KiB, secrets masked; null if there was no answer. */
  headers: Record<string, string | string[]> | null
  /** True if there were more header fields, or if they had to make room for other deliveries. */
  headersTruncated: boolean
  /** The first 16 KiB of the answer's body, as UTF-8, secrets masked; null if there was none. */
  body: string | null
  /** True if the body was longer than what was read, or if it had to make room for other deliveries. */
  bodyTruncated: boolean
  /** Why the attempt has no complete answer, in words; null if it has one. */
  error: string | null
}

/** One event on its way to one webhook. */
export interface Delivery {
  /** UUID of the delivery, which the receiver gets as `X-Wink-Mock-Delivery-Id`. */
  id: string
  /** UUID of the event. Copies of an event have the same. */
  eventId: string
  /** Event type. */
  type: string
  /** Identifier of the managing entity that owns the webhook. */
  managingEntityIdentifier: string
  /** UUID of the webhook. */
  webhookId: string
  /** Number of the copy, from 1. */
  copy: number
  /** The URL of the receiver, secrets masked; null if it was skipped. */
  url: string | null
  /** The URL that the webhook has, secrets masked. */
  registeredUrl: string
  /** How far it is. */
  state: DeliveryState
  /** Why it was skipped; null if it was not. */
  reason: SkipReason | null
  /** Why it was skipped or cancelled, and what to do, or that it is no longer kept, in words; null otherwise. */
  detail: string | null
  /** Header fields that every attempt has, by lower-case name, secrets masked. */
  headers: Record<string, string | string[]>
  /** The first 16 KiB of the body, as UTF-8, secrets masked. */
  body: string
  /** Length of the whole body, in bytes. */
  bodyBytes: number
  /** The attempts, oldest first. */
  attempts: DeliveryAttempt[]
  /** Findings about the receiver. */
  verdict: Finding[]
}

/** A delivery that an answer does not show whole. */
export interface FurtherDelivery {
  /** UUID of the delivery. */
  id: string
  /** How far it is. */
  state: DeliveryState
}

/** An event that was triggered. */
export interface TriggeredEvent {
  /** The event. */
  event: {
    /** UUID of the event. */
    id: string
    /** Event type. */
    type: string
  }
  /** One delivery for each webhook and copy; the first 100 if there are more. */
  deliveries: Delivery[]
  /** The others that are kept. */
  others: FurtherDelivery[]
  /** Further remarks, a sentence each. */
  hints: string[]
}

/** Selects deliveries. */
export interface DeliveryFilter {
  /** UUID of the delivery, in either case. Default: all. */
  readonly id?: string
  /** Identifier of the managing entity, in either case. Default: all. */
  readonly managingEntityIdentifier?: string
  /** UUID of the webhook, in either case. Default: all. */
  readonly webhookId?: string
  /** UUID of the event, in either case. Default: all. */
  readonly eventId?: string
  /** Event type. Default: all. */
  readonly type?: string
  /** How far they are. Default: all. */
  readonly state?: DeliveryState
}

/** How a delivery is sent again. */
export interface Redelivery {
  /** How long to wait until it has ended, in ms, 0 to 600,000. Default: not at all. */
  readonly waitMs?: number
}

/** Deliveries to wait for. */
export interface DeliveryWait extends DeliveryFilter {
  /** How far they are. Default: ended, which is every state but `pending`. */
  readonly state?: DeliveryState
  /** How many of them, 1 to 10,000; those that match already count. Default: 1. */
  readonly count?: number
  /** How long to wait for them, in ms, 0 to 600,000. Default: 4,000, less than test runners give a test. */
  readonly timeoutMs?: number
}
