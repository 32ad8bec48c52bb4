import { Type, type SchemaOptions, type TSchema } from '@sinclair/typebox'
import { Problem } from '../../base/problems/schema.ts'
import { entityMember } from '../../base/schema/fields.ts'
import { Instant, Name, Uuid } from '../../base/schema/formats.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import { exampleDelivery, exampleTriggeredEvent } from '../examples.ts'
import { waitDuration, waitMembers } from '../schema.ts'
import type * as types from './types.ts'
import type { FindingKind } from './verdict.ts'

const closed = { additionalProperties: false }

const nullable = <Schema extends TSchema>(schema: Schema, options: SchemaOptions = {}) =>
  Type.Union([schema, Type.Null()], options)

/** A UUID with a description. */
const id = (description: string) => Type.Unsafe<string>({ ...Uuid, description })

export const DeliveryState = Type.Union(
  [
    Type.Literal('pending'),
    Type.Literal('delivered'),
    Type.Literal('failed'),
    Type.Literal('skipped'),
    Type.Literal('cancelled'),
  ],
  { examples: ['failed'] },
)
export type DeliveryState = InterfaceOf<typeof DeliveryState, types.DeliveryState>

const HeaderFields = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Array(Type.String())]),
)

/** One request to the receiver, and its answer. */
export const DeliveryAttempt = Type.Object(
  {
    number: Type.Integer({ minimum: 1 }),
    time: Type.Unsafe<string>({ ...Instant, description: 'When it began.' }),
    durationMs: Type.Number({ minimum: 0 }),
    sent: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
      description:
        'Header fields that only this attempt had, by lower-case name, secrets masked: those of the sandbox and of a signature.',
    }),
    firstByteMs: nullable(Type.Number({ minimum: 0 }), {
      description: 'Time to the first byte of the answer, in ms.',
    }),
    status: nullable(Type.Integer()),
    headers: nullable(HeaderFields, {
      description:
        'Header fields of the answer by lower-case name, at most 50 and 4 KiB, secrets masked.',
    }),
    headersTruncated: Type.Boolean({
      description: 'Whether there were more, or they had to make room for other deliveries.',
    }),
    body: nullable(Type.String(), {
      description: "The first 16 KiB of the answer's body, as UTF-8, secrets masked.",
    }),
    bodyTruncated: Type.Boolean({
      description:
        'Whether the body was longer than what was read, or had to make room for other deliveries.',
    }),
    error: nullable(Type.String(), { description: 'Why there is no complete answer.' }),
  },
  { title: 'DeliveryAttempt' },
)

/** A finding about a receiver. */
const Finding = Type.Object(
  {
    kind: Type.Unsafe<FindingKind>(Type.String({ description: 'Name of the finding.' })),
    level: Type.Union([Type.Literal('success'), Type.Literal('hint'), Type.Literal('failure')]),
    attempts: Type.Array(Type.Integer({ minimum: 1 }), {
      description: 'Numbers of the attempts in which it was seen.',
    }),
    says: Type.String({ description: 'The finding in a sentence.' }),
    source: Type.String({ description: 'The rule that it follows, and whose rule it is.' }),
  },
  { title: 'Finding' },
)

/** One event on its way to one webhook. */
export const Delivery = Type.Object(
  {
    id: id('UUID of the delivery: `X-Wink-Mock-Delivery-Id`.'),
    eventId: id('UUID of the event. Copies have the same.'),
    type: Type.String({ description: 'Event type.' }),
    managingEntityIdentifier: Type.String({ description: 'Owner of the webhook.' }),
    webhookId: Uuid,
    copy: Type.Integer({ minimum: 1, description: 'Number of the copy.' }),
    url: nullable(Type.String(), { description: 'Where it goes, secrets masked.' }),
    registeredUrl: Type.String({ description: 'The URL that the webhook has, secrets masked.' }),
    state: DeliveryState,
    reason: nullable(
      Type.Union([
        Type.Literal('disabled'),
        Type.Literal('not-subscribed'),
        Type.Literal('no-receiver'),
      ]),
      { description: 'Why it was skipped.' },
    ),
    detail: nullable(Type.String(), {
      description: 'Why it was skipped or cancelled, and what to do; or that it is no longer kept.',
    }),
    headers: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
      description: 'Header fields that every attempt has, by lower-case name, secrets masked.',
    }),
    body: Type.String({ description: 'The first 16 KiB, as UTF-8, secrets masked.' }),
    bodyBytes: Type.Integer({ minimum: 0, description: 'Length of the whole body, in bytes.' }),
    attempts: Type.Array(DeliveryAttempt, { description: 'The attempts, oldest first.' }),
    verdict: Type.Array(Finding, {
      description: 'What the attempts showed about the receiver.',
    }),
  },
  { title: 'Delivery', examples: [exampleDelivery] },
)
export type Delivery = InterfaceOf<typeof Delivery, types.Delivery>

/** A delivery that an answer does not show whole. */
const FurtherDelivery = Type.Object(
  { id: id('UUID of the delivery.'), state: DeliveryState },
  { title: 'FurtherDelivery' },
)

/** An event that was triggered. */
export const TriggeredEvent = Type.Object(
  {
    event: Type.Object({ id: id('UUID of the event.'), type: Type.String() }),
    deliveries: Type.Array(Delivery, {
      description: 'One for each webhook and copy; the first 100 if there are more.',
    }),
    others: Type.Array(FurtherDelivery, { description: 'The others that are kept.' }),
    hints: Type.Array(Type.String({ description: 'What else is worth knowing.' })),
  },
  { title: 'TriggeredEvent', examples: [exampleTriggeredEvent] },
)
export type TriggeredEvent = InterfaceOf<typeof TriggeredEvent, types.TriggeredEvent>

/** Answer of `GET /__admin/deliveries`. */
export const Deliveries = Type.Object({ deliveries: Type.Array(Delivery) })

const filter = {
  id: Type.Optional(
    Type.Unsafe<string>({
      ...Uuid,
      description: 'UUID of the delivery; all where it is left out.',
      examples: [exampleDelivery.id],
    }),
  ),
  managingEntityIdentifier: entityMember,
  webhookId: Type.Optional(
    Type.Unsafe<string>({
      ...Uuid,
      description: 'UUID of the webhook; all where it is left out.',
      examples: [exampleDelivery.webhookId],
    }),
  ),
  eventId: Type.Optional(
    Type.Unsafe<string>({
      ...Uuid,
      description: 'UUID of the event; all where it is left out.',
      examples: [exampleDelivery.eventId],
    }),
  ),
  type: Type.Optional(
    Name({ description: 'Event type; all where it is left out.', examples: ['booking.create'] }),
  ),
  state: Type.Optional(DeliveryState),
}

/** Selects deliveries; a missing field selects all. */
export const DeliveryFilter = Type.Object(filter, {
  ...closed,
  title: 'DeliveryFilter',
  examples: [{ state: 'failed' }],
})
export type DeliveryFilter = InterfaceOf<typeof DeliveryFilter, types.DeliveryFilter>

/** How a delivery is sent again. */
export const Redelivery = Type.Object(
  {
    waitMs: waitDuration('How long to wait until it has ended, in ms.'),
  },
  { ...closed, title: 'Redelivery', examples: [{ waitMs: 2_000 }] },
)
export type Redelivery = InterfaceOf<typeof Redelivery, types.Redelivery>

/** A filter, the number of matching deliveries to wait for, and a timeout. */
export const DeliveryWait = Type.Object(
  {
    ...filter,
    ...waitMembers(10_000),
  },
  {
    ...closed,
    title: 'DeliveryWait',
    examples: [{ type: 'booking.create', timeoutMs: 2_000 }],
  },
)
export type DeliveryWait = InterfaceOf<typeof DeliveryWait, types.DeliveryWait>

/** Answer of `…/deliveries/wait` after a timeout. */
export const DeliveryTimeout = Type.Object(
  {
    ...Problem.properties,
    properties: Type.Optional(
      Type.Object({
        count: Type.Integer({ minimum: 0, description: 'How many there were.' }),
        deliveries: Type.Array(Delivery, {
          description: 'The last 10 deliveries, of the managing entity if the filter has one.',
        }),
      }),
    ),
  },
  { title: 'DeliveryTimeout' },
)
