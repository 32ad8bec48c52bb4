import type { Webhook } from '../../wink/webhooks/schema.ts'
import type { AttemptOutcome } from './attempt.ts'
import type { DeliveryState, SkipReason } from './types.ts'

/** An event as it goes out. */
export interface OutgoingEvent {
  readonly id: string
  readonly type: string
  /** Header fields that every attempt has. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly retryDelaysMs: readonly number[]
  /** Secret that signs each attempt; undefined for none. */
  readonly secret: string | undefined
}

/** An attempt that was made. */
export interface Attempt extends AttemptOutcome {
  /** When it began by the sandbox's clock, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly timeMs: number
}

/** Why an event is not sent to a webhook, and what to do. */
export interface Skip {
  readonly reason: SkipReason
  readonly hint: string
}

/** One event on its way to one webhook, unmasked; `view.ts` shows it. */
export interface DeliveryRecord {
  readonly id: string
  readonly event: OutgoingEvent
  readonly managingEntityIdentifier: string
  readonly webhookId: string
  readonly registeredUrl: string
  /** The URL of the receiver, or the reason why there is none. */
  readonly destination: URL | Skip
  /** Number of the copy, from 1. */
  readonly copy: number
  /** The first copy of the same event for the same webhook; undefined for the first one itself. */
  readonly firstCopy: DeliveryRecord | undefined
  state: DeliveryState
  /** Why it was cancelled; null if it was not. */
  cancellation: string | null
  readonly attempts: Attempt[]
}

/** Fields of a new delivery. */
export type NewDelivery = Omit<DeliveryRecord, 'state' | 'cancellation' | 'attempts'>

export const deliveryOf = (fields: NewDelivery): DeliveryRecord => ({
  ...fields,
  state: fields.destination instanceof URL ? 'pending' : 'skipped',
  cancellation: null,
  attempts: [],
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

/** Estimates in bytes: a delivery without its texts, an attempt without those of its answer, a text without its characters. */
const deliveryOverhead = 1_024
const attemptOverhead = 512
const textOverhead = 24

/**
 * Memory that a delivery takes, in bytes, estimated.
 *
 * @param bodyBytes - its share of the body, which all deliveries of an event have in common
 */
export function sizeOfDelivery(
  { registeredUrl, destination, event, attempts }: DeliveryRecord,
  bodyBytes: number,
): number {
  let size = deliveryOverhead + bodyBytes + sizeOfText(registeredUrl) + sizeOfFields(event.headers)
  if (destination instanceof URL) size += sizeOfText(destination.href)
  for (const { headers = {}, body, error } of attempts) {
    size += attemptOverhead + sizeOfFields(headers) + sizeOfText(error) + (body?.length ?? 0)
  }
  return size
}

const sizeOfText = (text = ''): number => textOverhead + text.length

function sizeOfFields(fields: Readonly<Record<string, string | readonly string[]>>): number {
  let size = 0
  for (const [name, values] of Object.entries(fields)) {
    size += sizeOfText(name)
    for (const value of [values].flat()) size += sizeOfText(value)
  }
  return size
}
