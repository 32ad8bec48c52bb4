import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { EventName, HttpsOrLoopbackUrl, HttpsUrl, Instant, Uuid, WebUrl } from './kinds.ts'
import { exampleInput, exampleWebhook } from './examples.ts'
import { defaultSwitches, type Switches } from './switches.ts'

/** What `eventUrl` may be, by switch. */
const eventUrls = {
  none: HttpsUrl,
  loopback: HttpsOrLoopbackUrl,
  any: WebUrl,
} satisfies Record<Switches['allowHttpEventUrls'], TSchema>

/** What `eventList` may hold, by switch. */
const eventNames = {
  accept: Type.String(),
  refuse: EventName,
} satisfies Record<Switches['unknownEventNames'], TSchema>

/** The body that creates or updates a webhook (CONTRACT §2). Members that are not named here are ignored. */
export function webhookInput({
  allowHttpEventUrls,
  unknownEventNames,
}: Pick<Switches, 'allowHttpEventUrls' | 'unknownEventNames'>) {
  return Type.Object(
    {
      name: Type.String({ minLength: 1, description: 'What this subscription is for.' }),
      entity: Type.Object(
        {
          identifier: Uuid,
          name: Type.String({ minLength: 1, description: 'Display name of the managing entity.' }),
        },
        { description: 'The managing entity that owns the webhook: the same as in the path.' },
      ),
      enabled: Type.Boolean({ description: 'Whether events are sent.' }),
      eventUrl: eventUrls[allowHttpEventUrls],
      eventList: Type.Array(eventNames[unknownEventNames], {
        description: 'Events to subscribe to. An empty list means every event.',
      }),
    },
    { title: 'WebhookInput', examples: [exampleInput] },
  )
}

/** The body that creates or updates a webhook where no switch is set. */
export const WebhookInput = webhookInput(defaultSwitches)
export type WebhookInput = Static<typeof WebhookInput>

/** A stored webhook, its members in the order in which they are sent (CONTRACT §3). */
export const Webhook = Type.Object(
  {
    id: Uuid,
    createdDate: Instant,
    lastUpdate: Instant,
    version: Type.Integer({ minimum: 0, description: 'How often this webhook has been stored.' }),
    userIdentifier: Uuid,
    ownerIdentifier: Uuid,
    ownerName: Type.String({ minLength: 1 }),
    name: Type.String({ minLength: 1 }),
    enabled: Type.Boolean(),
    eventUrl: WebUrl,
    eventList: Type.Array(Type.String()),
  },
  { title: 'Webhook', examples: [exampleWebhook] },
)
export type Webhook = Static<typeof Webhook>

/** What is left of a webhook that was deleted, members in the order in which they are sent (CONTRACT §6). */
export const DeletedWebhook = Type.Object(
  {
    id: Uuid,
    success: Type.Literal(true),
    message: Type.String(),
  },
  { title: 'DeletedWebhook' },
)
export type DeletedWebhook = Static<typeof DeletedWebhook>

/** An event type as Wink's catalogue shows it, members in the order in which they are sent (CONTRACT §6). */
export const EventType = Type.Object(
  {
    label: Type.String({ description: 'What it is called.' }),
    value: Type.String({ description: 'Its name in an eventList.' }),
  },
  { title: 'EventType' },
)
export type EventType = Static<typeof EventType>
