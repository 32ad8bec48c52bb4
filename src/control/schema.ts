import { Type } from '@sinclair/typebox'
import { requireShape } from '../base/problems/validate.ts'
import { entityMember } from '../base/schema/fields.ts'
import { exampleId } from '../wink/examples.ts'
import type { InterfaceOf } from '../base/schema/interface.ts'
import type * as types from './types.ts'

const closed = { additionalProperties: false }

/** Selects one managing entity; without it, all of them. */
export const EntityFilter = Type.Object({ managingEntityIdentifier: entityMember }, closed)
export type EntityFilter = InterfaceOf<typeof EntityFilter, types.EntityFilter>

/**
 * The managing entity that a filter selects; undefined for all.
 *
 * @throws ApiError `bad-request` if the filter is invalid
 */
export const entityOf = (filter: EntityFilter = {}): string | undefined =>
  requireShape(EntityFilter, filter, 'The filter').managingEntityIdentifier

/** Longest wait, in ms. */
const maxWaitMs = 600_000

/** The duration of a wait, in ms. */
export const waitDuration = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: maxWaitMs, description }))

/** The members of a wait beside its filter: how many, and how long. */
export const waitMembers = (maxCount: number) => ({
  count: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: maxCount,
      description: 'How many of them: 1 where it is left out.',
    }),
  ),
  timeoutMs: waitDuration('How long to wait for them, in ms: 4,000 where it is left out.'),
})

/** The query of an operation without parameters. */
export const NoParameters = Type.Object({}, closed)

/** Path parameter of an item of the control API. */
export const IdPath = Type.Object({
  id: Type.String({ description: 'Its id.', examples: [exampleId] }),
})
