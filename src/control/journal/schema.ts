import { Type, type SchemaOptions, type TSchema } from '@sinclair/typebox'
import { exampleJournaledRequest } from '../examples.ts'
import { FaultEffect, FaultMoment } from '../faults/schema.ts'
import { Instant, Uuid } from '../../base/schema/formats.ts'
import { entityMember, methodMember } from '../../base/schema/fields.ts'
import { Operation } from '../../wink/operation-names.ts'
import { Problem, Violation } from '../../base/problems/schema.ts'
import { waitMembers } from '../schema.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as types from './types.ts'

const closed = { additionalProperties: false }

/** A value that may be `null`: the fields of an entry are always there. */
const nullable = <Schema extends TSchema>(schema: Schema, options: SchemaOptions = {}) =>
  Type.Union([schema, Type.Null()], options)

const filter = {
  managingEntityIdentifier: entityMember,
  method: methodMember,
  operation: Type.Optional(Operation),
  status: Type.Optional(
    Type.Union([Type.Integer({ minimum: 100, maximum: 599 }), Type.Null()], {
      description: 'Status that was answered; null: none was.',
    }),
  ),
  path: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'Path of the request, as sent, without the query.',
      examples: [exampleJournaledRequest.path],
    }),
  ),
  since: Type.Optional(
    Type.Union([Instant, Uuid], {
      description: 'From this instant on, or after the request that has this id.',
      examples: ['2026-01-14T09:00:00Z'],
    }),
  ),
}

/** Selects requests in the journal; a missing field selects all. */
export const RequestFilter = Type.Object(filter, {
  ...closed,
  title: 'RequestFilter',
  examples: [{ operation: 'create-webhook', status: 201 }],
})
export type RequestFilter = InterfaceOf<typeof RequestFilter, types.RequestFilter>

/** As many as the console lists. */
const maxIds = 10_000

const list = {
  ...filter,
  ids: Type.Optional(
    Type.Array(Uuid, {
      maxItems: maxIds,
      description: `Ids of requests, at most ${maxIds}; an id that the journal does not hold selects nothing.`,
    }),
  ),
  order: Type.Optional(
    Type.Union([Type.Literal('asc'), Type.Literal('desc')], {
      description: 'asc: oldest first, which is the default; desc: newest first.',
      examples: ['desc'],
    }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'How many at most, from the first one in this order; all where it is left out.',
      examples: [10],
    }),
  ),
}

const listExamples = [{ operation: 'create-webhook', status: 201, order: 'desc', limit: 10 }]

/** Lists requests of the journal. */
export const RequestList = Type.Object(list, {
  ...closed,
  title: 'RequestList',
  examples: listExamples,
})
export type RequestList = InterfaceOf<typeof RequestList, types.RequestList>

/** The status as a query parameter, which is text. */
const status = Type.Optional(
  Type.String({
    pattern: '^(?:[1-5][0-9]{2}|null)$',
    description: 'Status that was answered, 100 to 599; the text `null`: none was.',
    examples: ['400'],
  }),
)

/** The filter as query parameters. */
export const RequestQuery = Type.Object({ ...filter, status }, closed)

/** The form of a list over HTTP. */
export const ListFormat = Type.Object({
  format: Type.Optional(
    Type.Union([Type.Literal('json'), Type.Literal('har'), Type.Literal('http')], {
      description:
        'json, which is the default; har: HTTP Archive 1.2; http: text of an .http file.',
      examples: ['har'],
    }),
  ),
})

/** The ids as a query parameter, which is text. */
const ids = Type.Optional(
  Type.String({
    description: 'Ids of requests, with commas between them. The body of a POST may have more.',
    examples: [exampleJournaledRequest.id],
  }),
)

/** The list as query parameters. */
export const RequestListQuery = Type.Object(
  { ...list, ids, status, ...ListFormat.properties },
  closed,
)

/** The list as a body, and the form of the answer. */
export const RequestListBody = Type.Object(
  { ...list, ...ListFormat.properties },
  { ...closed, title: 'RequestList', examples: listExamples },
)

/** A filter, the number of matching requests to wait for, and a timeout. */
export const RequestWait = Type.Object(
  {
    ...filter,
    ...waitMembers(1_000_000),
  },
  {
    ...closed,
    title: 'RequestWait',
    examples: [{ operation: 'create-webhook', count: 1, timeoutMs: 2_000 }],
  },
)
export type RequestWait = InterfaceOf<typeof RequestWait, types.RequestWait>

/** The rule of the contract that a request broke. */
export const BrokenRule = Type.Object(
  {
    rule: Type.String({ description: 'Name of the rule.' }),
    requirement: Type.String({ description: 'What every request must be.' }),
    documentedIn: Type.String({ description: 'Where the rule is documented.' }),
    source: Type.String({ description: 'Whose rule it is: doc, wink, ours, or a standard.' }),
    detail: Type.String({ description: 'What was wrong with this request and what to do.' }),
    violations: Type.Optional(Type.Array(Violation)),
  },
  { title: 'BrokenRule' },
)

const headers = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
  description: 'By lower-case name, secrets masked; a field that was sent twice is a list.',
})
const body = nullable(Type.String(), { description: 'The first 16 KiB, as UTF-8, secrets masked.' })

/** The answer to a request. */
export const JournaledResponse = Type.Object(
  {
    status: Type.Integer(),
    headers,
    body,
    bodyBytes: Type.Integer({ minimum: 0, description: 'Length of the body, in bytes.' }),
  },
  { title: 'JournaledResponse' },
)

/** A journaled request with its response and its diagnosis. */
export const JournaledRequest = Type.Object(
  {
    id: Uuid,
    time: Type.Unsafe<string>({ ...Instant, description: 'When it was answered.' }),
    method: nullable(Type.String()),
    path: nullable(Type.String(), {
      description: 'As sent, without the query, secrets masked.',
    }),
    operation: nullable(Type.String()),
    managingEntityIdentifier: nullable(Type.String()),
    headers,
    body,
    bodyBytes: Type.Integer({ minimum: 0, description: 'Length of the whole body, in bytes.' }),
    status: nullable(Type.Integer()),
    response: nullable(JournaledResponse, { description: 'What was answered; null: nothing was.' }),
    durationMs: Type.Number({ minimum: 0 }),
    faults: Type.Array(
      Type.Object({
        source: Type.Union([
          Type.Literal('rule'),
          Type.Literal('prefer'),
          Type.Literal('managing-entity'),
        ]),
        id: Type.Optional(Uuid),
        effect: FaultEffect,
        when: FaultMoment,
      }),
      { description: 'The faults that acted, in their order.' },
    ),
    createdWebhookId: nullable(Uuid),
    diagnosis: Type.Object({
      refusedBy: nullable(BrokenRule),
      hints: Type.Array(Type.String({ description: 'What else is worth knowing.' })),
    }),
  },
  { title: 'JournaledRequest', examples: [exampleJournaledRequest] },
)
export type JournaledRequest = InterfaceOf<typeof JournaledRequest, types.JournaledRequest>

/** Answer of `GET /__admin/requests`. */
export const JournaledRequests = Type.Object({ requests: Type.Array(JournaledRequest) })

/** Answer of `…/requests/count`. */
export const RequestCount = Type.Object({ count: Type.Integer({ minimum: 0, examples: [1] }) })

/** Answer of `…/requests/wait` after a timeout. */
export const WaitTimeout = Type.Object(
  {
    ...Problem.properties,
    properties: Type.Optional(
      Type.Object({
        count: Type.Integer({ minimum: 0, description: 'How many there were.' }),
        requests: Type.Array(JournaledRequest, {
          description: 'The last 10 requests, of the managing entity if the filter has one.',
        }),
      }),
    ),
  },
  { title: 'WaitTimeout' },
)
