import { Type } from '@sinclair/typebox'
import { formatted, Name, Text, Uuid } from '../../base/schema/formats.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import { exampleEntity } from '../../wink/examples.ts'
import type { Switches } from '../../wink/switches/types.ts'
import { eventNames } from '../../wink/webhooks/schema.ts'
import { waitDuration } from '../schema.ts'
import { DeliverTo, RetryDelays } from './settings.ts'
import { signingSecretFormat } from './signature.ts'
import type * as types from './types.ts'

const closed = { additionalProperties: false }

/** A secret that signs events by Standard Webhooks. */
export const SigningSecret = formatted('WinkMockSigningSecret', signingSecretFormat, {
  description: '`whsec_` and 24 to 64 bytes in base64.',
  writeOnly: true,
})

/** Types of events, by switch. A webhook may list an empty one, but no event has it. */
const eventTypes = { ...eventNames, accept: Name() }

/** The body that triggers an event. `trigger.ts` refuses members that exclude each other. */
export const eventTrigger = (unknownEventNames: Switches['unknownEventNames']) =>
  Type.Object(
    {
      type: Type.Unsafe<string>({
        ...eventTypes[unknownEventNames],
        description: 'Event type.',
      }),
      managingEntityIdentifier: Type.Optional(
        Type.String({
          minLength: 1,
          description:
            'Managing entity whose webhooks get the event. This or `webhookId` is needed.',
        }),
      ),
      webhookId: Type.Optional(
        Type.Unsafe<string>({ ...Uuid, description: 'The only webhook that gets the event.' }),
      ),
      id: Type.Optional(
        Type.Unsafe<string>({
          ...Uuid,
          description: 'UUID of the event; a new one where it is left out.',
        }),
      ),
      object: Type.Optional(
        Type.Unknown({
          description: 'What the event is about: any JSON; `{}` where it is left out.',
        }),
      ),
      raw: Type.Optional(
        Text({ description: 'The body as it goes out, in place of `id` and `object`.' }),
      ),
      contentType: Type.Optional(
        Name({ description: 'Media type of `raw`: `application/json` where it is left out.' }),
      ),
      headers: Type.Optional(
        Type.Record(Type.String(), Type.String(), {
          description: 'More header fields of the request to the receiver.',
        }),
      ),
      deliverTo: Type.Optional(DeliverTo),
      retryDelaysMs: Type.Optional(RetryDelays),
      copies: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 10,
          description: 'How often the same event goes out: once where it is left out.',
        }),
      ),
      sign: Type.Optional(
        Type.Object(
          { secret: SigningSecret },
          { ...closed, description: 'Signs each attempt by Standard Webhooks.' },
        ),
      ),
      waitMs: waitDuration('How long to wait until all deliveries have ended, in ms.'),
    },
    {
      ...closed,
      title: 'EventTrigger',
      examples: [{ type: 'booking.create', managingEntityIdentifier: exampleEntity.identifier }],
    },
  )

/** The body that triggers an event, with default switches. */
export const EventTrigger = eventTrigger('accept')
export type EventTrigger = InterfaceOf<typeof EventTrigger, types.EventTrigger>
