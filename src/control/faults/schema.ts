import { Type } from '@sinclair/typebox'
import { exampleFault } from '../../wink/examples.ts'
import { exampleArmedFault } from '../examples.ts'
import { BearerToken, Name, Uuid } from '../../base/schema/formats.ts'
import { entityMember, methodMember } from '../../base/schema/fields.ts'
import { Operation } from '../../wink/operation-names.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as matchTypes from './match-types.ts'
import type * as types from './types.ts'

const closed = { additionalProperties: false }

/** Maximum delay of a fault, in ms. */
const maxDelayMs = 600_000

/**
 * Statuses of faults: those that Wink documents, and those of gateways and rate limits. Each is a problem of
 * `base/problems/problems.ts`; `answers.ts` adds the header fields that a status requires.
 */
export const FaultStatus = Type.Union(
  ([400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 431, 500, 502, 503, 504] as const).map(
    (status) => Type.Literal(status),
  ),
  { description: 'Status of the answer.' },
)

/** Format of the body: a documented one, or that of a framework or a gateway in front of the API. */
export const FaultBody = Type.Union(
  [
    Type.Literal('problem'),
    Type.Literal('spring-security'),
    Type.Literal('boot-error'),
    Type.Literal('gateway-html'),
    Type.Literal('empty'),
  ],
  {
    description:
      'problem: as documented, below /oauth2 an OAuth error. spring-security: no body, WWW-Authenticate alone. boot-error: the JSON of Spring Boot. gateway-html: a page of a gateway. empty: no body.',
  },
)
export type FaultBody = InterfaceOf<typeof FaultBody, types.FaultBody>

/** How the connection breaks, instead of an answer or in the middle of it. */
export const ConnectionFault = Type.Union(
  [
    Type.Literal('connection-reset'),
    Type.Literal('empty-response'),
    Type.Literal('truncated-body'),
    Type.Literal('no-response'),
  ],
  {
    description:
      'connection-reset: TCP RST. empty-response: closed without a byte. truncated-body: closed amid the body. no-response: held until the client gives up.',
  },
)
export type ConnectionFault = InterfaceOf<typeof ConnectionFault, types.ConnectionFault>

const delay = { minimum: 0, maximum: maxDelayMs }

/** Effect of a fault: an answer or a broken connection, a delay, or both. */
export const FaultEffect = Type.Object(
  {
    status: Type.Optional(FaultStatus),
    detail: Type.Optional(Name({ description: '`detail` of the problem that is answered.' })),
    retryAfterSeconds: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 86_400, description: '`Retry-After` of the answer.' }),
    ),
    body: Type.Optional(FaultBody),
    connection: Type.Optional(ConnectionFault),
    delayMs: Type.Optional(Type.Integer({ ...delay, description: 'Delay, in ms.' })),
    minMs: Type.Optional(Type.Integer({ ...delay, description: 'Shortest random delay, in ms.' })),
    maxMs: Type.Optional(Type.Integer({ ...delay, description: 'Longest random delay, in ms.' })),
  },
  { ...closed, title: 'FaultEffect' },
)
export type FaultEffect = InterfaceOf<typeof FaultEffect, types.FaultEffect>

/** When a fault acts: instead of the operation, or after its commit. */
export const FaultMoment = Type.Union([Type.Literal('before'), Type.Literal('after-commit')])
export type FaultMoment = InterfaceOf<typeof FaultMoment, types.FaultMoment>

/** Selects the requests that a fault acts on; a missing field matches all. */
export const FaultMatch = Type.Object(
  {
    managingEntityIdentifier: entityMember,
    method: methodMember,
    operation: Type.Optional(Operation),
    token: Type.Optional(BearerToken),
  },
  { ...closed, title: 'FaultMatch' },
)
export type FaultMatch = InterfaceOf<typeof FaultMatch, matchTypes.FaultMatch>

/** A rule that a test arms. */
export const FaultRule = Type.Object(
  {
    match: Type.Optional(FaultMatch),
    times: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
        description: 'How often it acts: 1 where it is left out; null: until it is removed.',
      }),
    ),
    skip: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'How many matching requests pass first: none where it is left out.',
      }),
    ),
    probability: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'Share of the matching requests on which it acts: 1 where it is left out.',
      }),
    ),
    seed: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 2 ** 31 - 1,
        description: 'Makes probability and random delay the same in every run.',
      }),
    ),
    effect: FaultEffect,
    when: Type.Optional(FaultMoment),
  },
  { ...closed, title: 'FaultRule', examples: [exampleFault] },
)
export type FaultRule = InterfaceOf<typeof FaultRule, types.FaultRule>

/** An armed rule, with its defaults filled in and its counters. */
export const ArmedFault = Type.Object(
  {
    id: Uuid,
    match: Type.Object({
      ...FaultMatch.properties,
      token: Type.Optional(Type.Literal('[masked]')),
    }),
    times: Type.Union([Type.Integer(), Type.Null()]),
    skip: Type.Integer(),
    probability: Type.Number(),
    seed: Type.Optional(Type.Integer()),
    effect: FaultEffect,
    when: FaultMoment,
    matched: Type.Integer({ description: 'Requests that matched while it was not used up.' }),
    acted: Type.Integer({ description: 'Requests on which it acted.' }),
    remaining: Type.Union([Type.Integer(), Type.Null()], {
      description: 'How often it still acts; 0: used up, null: without limit.',
    }),
  },
  { title: 'ArmedFault', examples: [exampleArmedFault] },
)
export type ArmedFault = InterfaceOf<typeof ArmedFault, types.ArmedFault>

/** Answer of `GET /__admin/faults`. */
export const ArmedFaults = Type.Object({ faults: Type.Array(ArmedFault) })
