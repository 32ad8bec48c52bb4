import type { Webhook, WebhookInput } from '../schemas/webhook.ts'
import type { Account } from './bearer.ts'
import type { Clock } from './clock.ts'
import { entityKey } from './entity.ts'
import { ApiError } from './problems.ts'
import type { IdSource } from './uuid.ts'

/** Where a new record gets its id and its timestamps from. */
export interface RecordSources {
  readonly clock: Clock
  readonly ids: IdSource
}

/** The record that a create request makes, members in the order in which they are sent (CONTRACT §3). */
export function newWebhook(
  input: WebhookInput,
  { userIdentifier }: Account,
  { clock, ids }: RecordSources,
): Webhook {
  const now = new Date(clock()).toISOString()
  return {
    id: ids(),
    createdDate: now,
    lastUpdate: now,
    version: 1,
    userIdentifier,
    ownerIdentifier: input.entity.identifier,
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
    { violations: [violation] },
  )
}
