import { Type, type Static, type TSchema } from '@sinclair/typebox'
import {
  exampleDeletion,
  exampleEventType,
  exampleInput,
  exampleLocalTime,
  exampleWebhook,
} from '../examples.ts'
import { formatOf, Instant, Name, Text, Uuid, WebUrl } from '../../base/schema/formats.ts'
import { EventName } from './event-name-causes.ts'
import { eventUrls } from './event-url.ts'
import { defaultSwitches, type Switches } from '../switches/switches.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as types from './types.ts'

/** Items of `eventList` and types of events, by switch. */
export const eventNames = {
  accept: Text(),
  refuse: EventName,
} satisfies Record<Switches['unknownEventNames'], TSchema>

/** A UUID, with Wink's `minLength`, which the format makes superfluous. */
const identifier = (description: string) =>
  Type.Unsafe<string>({ ...Uuid, minLength: 1, description })

/** Wink's default is for clients: the member is required (CONTRACT §2). */
const Enabled = Type.Boolean({ default: true, description: 'Whether events are sent.' })

/** The body that creates or updates a webhook (CONTRACT §2). Other fields are ignored. */
export function webhookInput({
  allowHttpEventUrls,
  unknownEventNames,
}: Pick<Switches, 'allowHttpEventUrls' | 'unknownEventNames'>) {
  const eventUrl = eventUrls[allowHttpEventUrls]
  return Type.Object(
    {
      name: Name({ description: 'What this subscription is for.' }),
      entity: Type.Object(
        {
          identifier: identifier('Its identifier.'),
          name: Name({ description: 'Its display name.' }),
        },
        {
          title: 'UpsertWebhookManagingEntityRequest',
          description: 'The managing entity that owns the webhook: the same as in the path.',
        },
      ),
      enabled: Enabled,
      eventUrl: Type.Unsafe<string>({
        ...eventUrl,
        minLength: 1,
        description: `Where events are sent: ${String(formatOf(eventUrl)?.expected)}.`,
      }),
      eventList: Type.Array(eventNames[unknownEventNames], {
        description: 'Events to subscribe to. An empty list means every event.',
      }),
    },
    { title: 'UpsertWebhookRequest', examples: [exampleInput] },
  )
}

/** The body that creates or updates a webhook, with default switches. */
export const WebhookInput = webhookInput(defaultSwitches)
export type WebhookInput = InterfaceOf<typeof WebhookInput, types.WebhookInput>

/** Maximum version of a webhook; its successor is still a safe integer. */
export const lastVersion = Number.MAX_SAFE_INTEGER - 1

/** A stored webhook, its fields in the order of answers (CONTRACT §3). */
export const Webhook = Type.Object(
  {
    id: identifier('Id of the webhook.'),
    createdDate: Type.Unsafe<string>({ ...Instant, description: 'When it was created.' }),
    lastUpdate: Type.Unsafe<string>({ ...Instant, description: 'When it was last changed.' }),
    version: Type.Integer({
      format: 'int64',
      minimum: 0,
      maximum: lastVersion,
      description: 'One more with each update; a new webhook has 1 (0 with `--first-version 0`).',
    }),
    userIdentifier: identifier('The user whose token created it.'),
    ownerIdentifier: identifier('The managing entity that owns it.'),
    ownerName: Name({ description: 'Display name of its owner.' }),
    name: Name({ description: 'What this subscription is for.' }),
    enabled: Enabled,
    eventUrl: Type.Unsafe<string>({
      ...WebUrl,
      minLength: 1,
      description: 'Where events are sent.',
    }),
    eventList: Type.Array(Text(), {
      description: 'Events that it subscribes to. An empty list means every event.',
    }),
  },
  { title: 'Webhook', examples: [exampleWebhook] },
)
export type Webhook = InterfaceOf<typeof Webhook, types.Webhook>

const localTime = Type.String({
  description: 'Date and time in UTC, without offset and fraction (`--timestamps local`).',
})

/** A webhook with times as in Wink's examples, which lack the offset of RFC 3339. */
const LocalWebhook = Type.Object(
  { ...Webhook.properties, createdDate: localTime, lastUpdate: localTime },
  {
    title: 'Webhook',
    examples: [{ ...exampleWebhook, createdDate: exampleLocalTime, lastUpdate: exampleLocalTime }],
  },
)

/** A webhook in an answer, by switch (CONTRACT §3). */
export const webhookAnswers = {
  utc: Webhook,
  local: LocalWebhook,
} satisfies Record<Switches['timestamps'], TSchema>

/** The answer to a deletion, its fields in the order of answers (CONTRACT §6). */
export const RemoveEntryResponse = Type.Object(
  {
    id: Type.Unsafe<string>({ ...Uuid, description: 'Id of the webhook that was deleted.' }),
    success: Type.Boolean({ description: 'Whether it was deleted: always true.' }),
    message: Type.String({ description: 'The same in words.' }),
  },
  { title: 'RemoveEntryResponse', examples: [exampleDeletion] },
)
export type RemoveEntryResponse = Static<typeof RemoveEntryResponse>

/** An event type of Wink's catalogue, its fields in the order of answers (CONTRACT §6). */
export const KeyValuePair = Type.Object(
  {
    label: Type.String({ minLength: 1, description: 'What it is called.' }),
    value: Type.String({ minLength: 1, description: 'Its name in an eventList.' }),
  },
  { title: 'KeyValuePair', examples: [exampleEventType] },
)
export type KeyValuePair = Static<typeof KeyValuePair>
