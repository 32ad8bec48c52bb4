import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { exampleDeletion, exampleInput, exampleLocalTime, exampleWebhook } from '../examples.ts'
import { formatOf, Instant, Name, Text, Uuid, WebUrl } from '../../base/schema/formats.ts'
import { EventName } from './event-names.ts'
import { eventUrls } from './event-url.ts'
import { defaultSwitches, type Switches } from '../switches/switches.ts'

/** Items of `eventList`, by switch. */
const eventNames = {
  accept: Text(),
  refuse: EventName,
} satisfies Record<Switches['unknownEventNames'], TSchema>

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
          identifier: Uuid,
          name: Name({ description: 'Display name of the managing entity.' }),
        },
        { description: 'The managing entity that owns the webhook: the same as in the path.' },
      ),
      enabled: Type.Boolean({ description: 'Whether events are sent.' }),
      eventUrl: Type.Unsafe<string>({
        ...eventUrl,
        description: `Where events are sent: ${String(formatOf(eventUrl)?.expected)}.`,
      }),
      eventList: Type.Array(eventNames[unknownEventNames], {
        description: 'Events to subscribe to. An empty list means every event.',
      }),
    },
    { title: 'WebhookInput', examples: [exampleInput] },
  )
}

/** The body that creates or updates a webhook, with default switches. */
export const WebhookInput = webhookInput(defaultSwitches)
export type WebhookInput = Static<typeof WebhookInput>

/** Maximum version of a webhook; its successor is still a safe integer. */
export const lastVersion = Number.MAX_SAFE_INTEGER - 1

/** A stored webhook, its fields in the order of answers (CONTRACT §3). */
export const Webhook = Type.Object(
  {
    id: Uuid,
    createdDate: Instant,
    lastUpdate: Instant,
    version: Type.Integer({
      minimum: 0,
      maximum: lastVersion,
      description: 'One more with each update; a new webhook has 1 (0 with `--first-version 0`).',
    }),
    userIdentifier: Uuid,
    ownerIdentifier: Uuid,
    ownerName: Name(),
    name: Name(),
    enabled: Type.Boolean(),
    eventUrl: WebUrl,
    eventList: Type.Array(Text()),
  },
  { title: 'Webhook', examples: [exampleWebhook] },
)
export type Webhook = Static<typeof Webhook>

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
export const DeletedWebhook = Type.Object(
  {
    id: Uuid,
    success: Type.Literal(true),
    message: Type.String(),
  },
  { title: 'DeletedWebhook', examples: [exampleDeletion] },
)
export type DeletedWebhook = Static<typeof DeletedWebhook>

/** An event type of Wink's catalogue, its fields in the order of answers (CONTRACT §6). */
export const EventType = Type.Object(
  {
    label: Type.String({ description: 'What it is called.' }),
    value: Type.String({ description: 'Its name in an eventList.' }),
  },
  { title: 'EventType' },
)
export type EventType = Static<typeof EventType>
