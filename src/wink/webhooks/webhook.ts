import type { WebhookData } from '../data-schema.ts'
import type { Switches } from '../switches/switches.ts'
import { eventNames } from './event-types.ts'
import { lastVersion, type RemoveEntryResponse, type Webhook, type WebhookInput } from './schema.ts'
import { isSameEntity } from '../managing-entity.ts'
import { ApiError } from '../../base/problems/problems.ts'
import type { IdSource } from '../../base/ids.ts'
import { detached } from '../../base/target.ts'

/** Webhook id in lower case, for comparison (CONTRACT §2). */
export const webhookKey = (id: string): string => id.toLowerCase()

/** Sources of ids and timestamps of new webhooks. */
export interface RecordSources {
  /** The current time, such as `2026-01-14T09:30:00.000Z`. */
  readonly instants: () => string
  readonly ids: IdSource
}

/** Fields of a new webhook that do not come from the body. */
export type RecordOrigin = Pick<Webhook, 'userIdentifier' | 'ownerIdentifier' | 'version'>

/** The webhook of a create request (CONTRACT §3). */
export function newWebhook(
  input: WebhookInput,
  { userIdentifier, ownerIdentifier, version }: RecordOrigin,
  { instants, ids }: RecordSources,
): Webhook {
  const now = instants()
  const generated = { id: ids(), createdDate: now, lastUpdate: now, version, userIdentifier }
  return webhookOf(generated, ownerIdentifier, input)
}

/** A webhook that exists from the start; absent fields are generated as for a new one. */
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
 * The webhook after an update: creator and creation date stay (CONTRACT §6).
 *
 * @throws ApiError `conflict` if the version is the maximum already
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
  const generated = { id, createdDate, lastUpdate, version: version + 1, userIdentifier }
  return webhookOf(generated, ownerIdentifier, input)
}

/** Fields that the server generates. */
type Generated = Pick<Webhook, 'id' | 'createdDate' | 'lastUpdate' | 'version' | 'userIdentifier'>

/** A webhook, its fields in the order of answers. Written out because spreading objects is slow. */
const webhookOf = (
  { id, createdDate, lastUpdate, version, userIdentifier }: Generated,
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
 * The managing entity that owns the webhook. Path and body must name the same one, regardless of case
 * (CONTRACT §1 step 8), unless the switch lets the path win.
 *
 * @returns the identifier to store
 * @throws ApiError `bad-request` that points at `#/entity/identifier`
 */
export function requireOwner(
  managingEntityIdentifier: string,
  { entity: { identifier } }: WebhookInput,
  entityMismatch: Switches['entityMismatch'],
): string {
  if (entityMismatch === 'path-wins') return detached(managingEntityIdentifier)
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
 * A webhook in the form of answers (CONTRACT §3). `local` times are those of Wink's examples, such as
 * `2026-01-14T09:30:00`: UTC without offset and fraction.
 */
export function representationOf(webhook: Webhook, timestamps: Switches['timestamps']): Webhook {
  if (timestamps === 'utc') return webhook
  const { createdDate, lastUpdate } = webhook
  return {
    ...webhook,
    createdDate: timestampOf(createdDate, timestamps),
    lastUpdate: timestampOf(lastUpdate, timestamps),
  }
}

/** An instant in the form of the switch. */
export const timestampOf = (instant: string, timestamps: Switches['timestamps']): string =>
  timestamps === 'utc' ? instant : new Date(instant).toISOString().slice(0, -'.000Z'.length)

/** The answer to a deletion (CONTRACT §6). */
export const deletionOf = ({ id }: Webhook): RemoveEntryResponse => ({
  id,
  success: true,
  message: 'The webhook was deleted.',
})
