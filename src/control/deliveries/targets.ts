import type { IdSource } from '../../base/ids.ts'
import { entityKey } from '../../wink/managing-entity.ts'
import type { Webhook } from '../../wink/webhooks/schema.ts'
import {
  deliveryOf,
  skipOf,
  type DeliveryRecord,
  type FirstAnswer,
  type OutgoingEvent,
  type Skip,
} from './delivery.ts'
import { destinationOf } from './destination.ts'
import type { Amount } from './holding.ts'
import { leastSizeOf, sizeOfContent } from './size.ts'

/** A webhook of an event, and where the event goes. */
export interface Target {
  readonly webhook: Webhook
  /** The URL of the receiver, or the reason why there is none. */
  readonly destination: string | Skip
}

/** The receivers that there are. */
export interface Receivers {
  /** That of the trigger, which comes first. */
  readonly deliverTo: string | undefined
  /** Those of tenants, by managing entity. */
  readonly ofTenants: ReadonlyMap<string, string>
  /** That of the sandbox. */
  readonly ofSandbox: string | undefined
}

/** Finds where an event goes for a webhook. */
export function targetOf(
  webhook: Webhook,
  type: string,
  { deliverTo, ofTenants, ofSandbox }: Receivers,
): Target {
  const { ownerIdentifier, eventUrl } = webhook
  const receiver = deliverTo ?? ofTenants.get(entityKey(ownerIdentifier)) ?? ofSandbox
  const going = destinationOf(eventUrl, receiver)
  return { webhook, destination: skipOf(webhook, type) ?? ('url' in going ? going.url : going) }
}

export const isSent = ({ destination }: Target): boolean => typeof destination === 'string'

/** The deliveries that an event takes while they are pending, and their memory. */
export function amountOf(
  targets: readonly Target[],
  copies: number,
  { content }: OutgoingEvent,
): Amount {
  const sent = targets.filter(isSent)
  const bytes = sent.reduce(
    (sum, { webhook, destination }) =>
      sum +
      leastSizeOf({ registeredUrl: webhook.eventUrl, destination, attempts: [] }, content, true),
    0,
  )
  return { count: sent.length * copies, bytes: bytes * copies + sizeOfContent(content) }
}

/** The copies of an event for a webhook, in order. */
export function copiesFor(
  { webhook, destination }: Target,
  { event, content }: OutgoingEvent,
  copies: number,
  ids: IdSource,
): DeliveryRecord[] {
  const firstAnswer: FirstAnswer = { status: undefined }
  return Array.from({ length: copies }, (_, index) =>
    deliveryOf({
      id: ids(),
      event,
      content,
      managingEntityIdentifier: webhook.ownerIdentifier,
      webhookId: webhook.id,
      registeredUrl: webhook.eventUrl,
      destination,
      copy: index + 1,
      firstAnswer,
    }),
  )
}
