import type { Webhook } from '../../wink/webhooks/schema.ts'
import type { AttemptOutcome } from './answer.ts'
import type { SignatureHeaders } from './signature.ts'
import type { DeliveryState, SkipReason } from './types.ts'

/** The part of an event that goes out. */
export interface EventContent {
  /** Header fields that every attempt has. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly retryDelaysMs: readonly number[]
  /** Secret that signs each attempt; undefined for none. */
  readonly secret: string | undefined
}

/** The part of an event that identifies it. */
export interface EventFacts {
  readonly id: string
  readonly type: string
  /** Length of the body, in bytes. */
  readonly bodyBytes: number
}

/** An event as it goes out. */
export interface OutgoingEvent {
  readonly event: EventFacts
  readonly content: EventContent
}

/** An attempt that was made. */
export interface Attempt extends AttemptOutcome {
  /** When it began by the sandbox's clock, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly timeMs: number
  /** The signature that was sent. Absent if there was none. */
  readonly signature?: SignatureHeaders
}

/** Why an event is not sent to a webhook, and what to do. */
export interface Skip {
  readonly reason: SkipReason
  readonly hint: string
}

/** The status of the last complete answer to the first copy of an event, for its other copies. */
export interface FirstAnswer {
  status: number | undefined
}

/** One event on its way to one webhook, unmasked; `view.ts` shows it. */
export interface DeliveryRecord {
  readonly id: string
  readonly event: EventFacts
  /** The content that goes out; empty once the delivery is no longer kept. */
  content: EventContent
  /** Whether the store keeps it. */
  isKept: boolean
  readonly managingEntityIdentifier: string
  readonly webhookId: string
  readonly registeredUrl: string
  /** The URL of the receiver, or the reason why there is none. */
  readonly destination: string | Skip
  /** Number of the copy, from 1. */
  readonly copy: number
  readonly firstAnswer: FirstAnswer
  state: DeliveryState
  /** Why it was cancelled; null if it was not. */
  cancellation: string | null
  attempts: Attempt[]
}

/** Fields of a new delivery. */
export type NewDelivery = Omit<DeliveryRecord, 'isKept' | 'state' | 'cancellation' | 'attempts'>

export const deliveryOf = (fields: NewDelivery): DeliveryRecord => ({
  ...fields,
  isKept: true,
  state: typeof fields.destination === 'string' ? 'pending' : 'skipped',
  cancellation: null,
  attempts: [],
})

export const isPending = ({ state }: DeliveryRecord): boolean => state === 'pending'

/** True for an attempt with a complete answer. */
export const isAnswered = ({ status, error }: Pick<AttemptOutcome, 'status' | 'error'>): boolean =>
  status !== undefined && error === undefined

/** Adds an attempt to a delivery. */
export function addAttempt(delivery: DeliveryRecord, attempt: Attempt): void {
  delivery.attempts.push(attempt)
  if (delivery.copy === 1 && isAnswered(attempt)) delivery.firstAnswer.status = attempt.status
}

/** Header fields that tell the attempts of the sandbox apart. */
export const sandboxHeaders = (deliveryId: string, attempt: number): Record<string, string> => ({
  'X-Wink-Mock-Delivery-Id': deliveryId,
  'X-Wink-Mock-Delivery-Attempt': String(attempt),
})

/** Why a webhook does not get events of this type (CONTRACT §7); undefined if it does. */
export function skipOf({ enabled, eventList }: Webhook, type: string): Skip | undefined {
  if (!enabled) {
    return { reason: 'disabled', hint: 'The webhook is disabled: update it with enabled true.' }
  }
  if (eventList.length === 0 || eventList.includes(type)) return undefined
  const hint = 'The eventList of the webhook does not have this type; an empty list has every type.'
  return { reason: 'not-subscribed', hint }
}
