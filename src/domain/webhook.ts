import type { Switches } from '../schemas/switches.ts'
import type { Webhook, WebhookInput } from '../schemas/webhook.ts'
import type { Clock } from './clock.ts'
import { entityKey } from './entity.ts'
import { ApiError } from './problems.ts'
import type { IdSource } from './uuid.ts'

/** Where a new record gets its id and its timestamps from. */
export interface RecordSources {
  readonly clock: Clock
  readonly ids: IdSource
}

/** What of a new record is not from the body alone. */
export type RecordOrigin = Pick<Webhook, 'userIdentifier' | 'ownerIdentifier' | 'version'>

/** The record that a create request makes, members in the order in which they are sent (CONTRACT §3). */
export function newWebhook(
  input: WebhookInput,
  { userIdentifier, ownerIdentifier, version }: RecordOrigin,
  { clock, ids }: RecordSources,
): Webhook {
  const now = new Date(clock()).toISOString()
  return {
    id: ids(),
    createdDate: now,
    lastUpdate: now,
    version,
    userIdentifier,
    ownerIdentifier,
    ownerName: input.entity.name,
    name: input.name,
    enabled: input.enabled,
    eventUrl: input.eventUrl,
    eventList: input.eventList,
  }
}

/**
 * Path and body must name the same managing entity, in either case (CONTRACT §1 step 8).
 *
 * @throws ApiError `bad-request` that points at `#/entity/identifier`
 */
export function requireSameEntity(managingEntityIdentifier: string, input: WebhookInput): void {
  if (entityKey(managingEntityIdentifier) === entityKey(input.entity.identifier)) return
  const violation = {
    pointer: '#/entity/identifier',
    detail: 'must be the managing entity that the path names',
  }
  throw new ApiError(
    'bad-request',
    'The path and the body name different managing entities; name the same one in both.',
    { rule: 'same-entity', violations: [violation] },
  )
}

/**
 * A record as answers show it (CONTRACT §3). The form `local` is that of Wink's examples, such as
 * `2026-01-14T09:30:00`: the time in UTC, without offset and fraction.
 */
export function representationOf(webhook: Webhook, timestamps: Switches['timestamps']): Webhook {
  if (timestamps === 'utc') return webhook
  const { createdDate, lastUpdate } = webhook
  return {
    ...webhook,
    createdDate: withoutOffset(createdDate),
    lastUpdate: withoutOffset(lastUpdate),
  }
}

const withoutOffset = (instant: string): string =>
  new Date(instant).toISOString().slice(0, -'.000Z'.length)
