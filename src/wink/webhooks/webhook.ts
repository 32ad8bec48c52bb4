import type { WebhookData } from '../data-schema.ts'
import type { Switches } from '../switches/switches.ts'
import { eventNames } from './event-types.ts'
import { lastVersion, type DeletedWebhook, type Webhook, type WebhookInput } from './schema.ts'
import { isSameEntity } from './entity.ts'
import { ApiError } from '../../base/problems/problems.ts'
import type { IdSource } from '../../base/ids.ts'

/** The form in which ids of webhooks are compared: without regard to case (CONTRACT §2). */
export const webhookKey = (id: string): string => id.toLowerCase()

/** Where a new record gets its id and its timestamps from. */
export interface RecordSources {
  /** The instant that it is, such as `2026-01-14T09:30:00.000Z`. */
  readonly instants: () => string
  readonly ids: IdSource
}

/** What of a new record is not from the body alone. */
export type RecordOrigin = Pick<Webhook, 'userIdentifier' | 'ownerIdentifier' | 'version'>

/** The record that a create request makes, members in the order in which they are sent (CONTRACT §3). */
export function newWebhook(
  input: WebhookInput,
  { userIdentifier, ownerIdentifier, version }: RecordOrigin,
  { instants, ids }: RecordSources,
): Webhook {
  const now = instants()
  const made = { id: ids(), createdDate: now, lastUpdate: now, version, userIdentifier }
  return webhookOf(made, ownerIdentifier, input)
}

/** The record of a webhook that exists from the start: what is left out is made as for a new one. */
export function seededWebhook(
  data: WebhookData,
  firstVersion: number,
  { instants, ids }: RecordSources,
): Webhook {
  const createdDate = data.createdDate ?? instants()
  return {
    id: data.id ?? ids(),
    createdDate,
    lastUpdate: data.lastUpdate ?? createdDate,
    version: data.version ?? firstVersion,
    userIdentifier: data.userIdentifier,
    ownerIdentifier: data.ownerIdentifier,
    ownerName: data.ownerName,
    name: data.name,
    enabled: data.enabled,
    eventUrl: data.eventUrl,
    eventList: data.eventList,
  }
}

/**
 * The record that an update makes of another: who made it, and when, stays (CONTRACT §6).
 *
 * @throws ApiError `conflict` if there is no version behind the one that it has
 */
export function updatedWebhook(
  webhook: Webhook,
  input: WebhookInput,
  ownerIdentifier: string,
  lastUpdate: string,
): Webhook {
  const { id, createdDate, version, userIdentifier } = webhook
  if (version >= lastVersion) {
    throw new ApiError(
      'conflict',
      `The webhook has the last version, ${lastVersion}; delete it and create another one.`,
      { rule: 'last-version' },
    )
  }
  const made = { id, createdDate, lastUpdate, version: version + 1, userIdentifier }
  return webhookOf(made, ownerIdentifier, input)
}

/** What of a record the sandbox makes. */
type Made = Pick<Webhook, 'id' | 'createdDate' | 'lastUpdate' | 'version' | 'userIdentifier'>

/** A record, members in the order in which they are sent. To spread objects would take most of the time. */
const webhookOf = (
  { id, createdDate, lastUpdate, version, userIdentifier }: Made,
  ownerIdentifier: string,
  { entity, name, enabled, eventUrl, eventList }: WebhookInput,
): Webhook => ({
  id,
  createdDate,
  lastUpdate,
  version,
  userIdentifier,
  ownerIdentifier,
  ownerName: entity.name,
  name,
  enabled,
  eventUrl,
  // Names of the catalogue are in memory once.
  eventList: eventList.map((event) => eventNames.get(event) ?? event),
})

/**
 * The managing entity that owns what a body describes. Path and body must name the same one, in either
 * case (CONTRACT §1 step 8), unless the path wins.
 *
 * @returns the identifier as it is stored
 * @throws ApiError `bad-request` that points at `#/entity/identifier`
 */
export function requireOwner(
  managingEntityIdentifier: string,
  { entity: { identifier } }: WebhookInput,
  entityMismatch: Switches['entityMismatch'],
): string {
  // A copy: V8 makes the part of the path a view of the whole target, which would be kept with it.
  if (entityMismatch === 'path-wins') return Buffer.from(managingEntityIdentifier).toString()
  if (isSameEntity(managingEntityIdentifier, identifier)) return identifier
  const violation = {
    pointer: '#/entity/identifier',
    detail: 'must be the managing entity that the path names',
  }
  throw new ApiError(
    'bad-request',
    'The path and the body name different managing entities; name the same one in both, or start with --entity-mismatch path-wins.',
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

/** What says that a webhook is gone, members in the order in which they are sent (CONTRACT §6). */
export const deletionOf = ({ id }: Webhook): DeletedWebhook => ({
  id,
  success: true,
  message: 'The webhook was deleted.',
})
