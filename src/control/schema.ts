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

/** The query of an operation without parameters. */
export const NoParameters = Type.Object({}, closed)

/** Path parameter of an item of the control API. */
export const IdPath = Type.Object({
  id: Type.String({ description: 'Its id.', examples: [exampleId] }),
})
