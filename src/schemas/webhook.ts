import { Type, type Static } from '@sinclair/typebox'
import { HttpsUrl, Instant, Uuid } from './kinds.ts'

/** The body that creates a webhook (CONTRACT §2). Members that are not named here are ignored. */
export const WebhookInput = Type.Object({
  name: Type.String({ minLength: 1, description: 'What this subscription is for.' }),
  entity: Type.Object(
    {
      identifier: Uuid,
      name: Type.String({ minLength: 1, description: 'Display name of the managing entity.' }),
    },
    { description: 'The managing entity that owns the webhook: the same as in the path.' },
  ),
  enabled: Type.Boolean({ description: 'Whether events are sent.' }),
  eventUrl: HttpsUrl,
  eventList: Type.Array(Type.String(), {
    description: 'Events to subscribe to. An empty list means every event.',
  }),
})
export type WebhookInput = Static<typeof WebhookInput>

/** A stored webhook, its members in the order in which they are sent (CONTRACT §3). */
export const Webhook = Type.Object({
  id: Uuid,
  createdDate: Instant,
  lastUpdate: Instant,
  version: Type.Integer({ minimum: 1, description: 'How often this webhook has been stored.' }),
  userIdentifier: Uuid,
  ownerIdentifier: Uuid,
  ownerName: Type.String({ minLength: 1 }),
  name: Type.String({ minLength: 1 }),
  enabled: Type.Boolean(),
  eventUrl: HttpsUrl,
  eventList: Type.Array(Type.String()),
})
export type Webhook = Static<typeof Webhook>
