import { Type, type Static } from '@sinclair/typebox'
import { BearerToken, Instant, Name, Uuid } from '../base/schema/formats.ts'
import { entityMember } from '../base/schema/fields.ts'
import { Webhook } from '../wink/webhooks/schema.ts'

const closed = { additionalProperties: false }

/** Which managing entity is meant; all of them where it is left out. */
export const EntityFilter = Type.Object({ managingEntityIdentifier: entityMember }, closed)
export type EntityFilter = Static<typeof EntityFilter>

/** Answer of `GET /__admin/webhooks`. */
export const Webhooks = Type.Object({ webhooks: Type.Array(Webhook) })

/** What can be reset by itself. */
export const ResetPart = Type.Union([
  Type.Literal('webhooks'),
  Type.Literal('faults'),
  Type.Literal('requests'),
  Type.Literal('clock'),
])
export type ResetPart = Static<typeof ResetPart>

/** What to reset: everything where it is left out. */
export const Reset = Type.Object(
  {
    ...EntityFilter.properties,
    only: Type.Optional(Type.Array(ResetPart, { minItems: 1, description: 'These parts alone.' })),
  },
  { ...closed, title: 'Reset', examples: [{ only: ['webhooks'] }] },
)
export type Reset = Static<typeof Reset>

/** Farthest that a clock may be offset, in ms: 1,000 calendar years, which have at most 365,243 days. */
export const maxOffsetMs = 365_243 * 24 * 60 * 60 * 1000

/** What the clock of a sandbox shows: the time, an instant at which it stands, or a time beside the time. */
export const ClockSetting = Type.Object(
  {
    mode: Type.Union([Type.Literal('system'), Type.Literal('frozen'), Type.Literal('offset')]),
    instant: Type.Optional(
      Type.Unsafe<string>({ ...Instant, description: 'For frozen; now, where it is left out.' }),
    ),
    offsetMs: Type.Optional(
      Type.Integer({
        minimum: -maxOffsetMs,
        maximum: maxOffsetMs,
        description: 'For offset: ahead of the system clock, in ms; negative: behind it.',
      }),
    ),
  },
  {
    ...closed,
    title: 'ClockSetting',
    examples: [{ mode: 'frozen', instant: '2026-01-14T09:30:00Z' }],
  },
)
export type ClockSetting = Static<typeof ClockSetting>

/** The setting of a clock, and what it shows now. */
export const ClockReading = Type.Object(
  { ...ClockSetting.properties, now: Instant },
  { title: 'ClockReading' },
)
export type ClockReading = Static<typeof ClockReading>

/** What to make a tenant of. */
export const TenantInput = Type.Object(
  { name: Type.Optional(Name({ description: 'Name of the entity.' })) },
  { ...closed, title: 'TenantInput', examples: [{ name: 'Of one test' }] },
)
export type TenantInput = Static<typeof TenantInput>

/** A managing entity of a test's own, a token for it, and a client that can ask for more. */
export const Tenant = Type.Object(
  {
    managingEntityIdentifier: Uuid,
    name: Type.String(),
    token: BearerToken,
    clientId: Type.String(),
    clientSecret: Type.String(),
    baseUrl: Type.String({ format: 'uri', description: 'Where the API is, for a client.' }),
    tokenUrl: Type.String({ format: 'uri', description: 'Where the client gets tokens.' }),
  },
  { title: 'Tenant' },
)
export type Tenant = Static<typeof Tenant>

/** Parameters of an operation that has none. */
export const NoParameters = Type.Object({}, closed)
