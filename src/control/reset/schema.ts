import { Type } from '@sinclair/typebox'
import { EntityFilter } from '../schema.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as types from './types.ts'

/** A part of the sandbox that can be reset separately. */
export const ResetPart = Type.Union([
  Type.Literal('webhooks'),
  Type.Literal('faults'),
  Type.Literal('requests'),
  Type.Literal('deliveries'),
  Type.Literal('clock'),
])
export type ResetPart = InterfaceOf<typeof ResetPart, types.ResetPart>

/** Limits a reset to some parts, or to one managing entity. Default: everything. */
export const Reset = Type.Object(
  {
    ...EntityFilter.properties,
    only: Type.Optional(
      Type.Unsafe<[ResetPart, ...ResetPart[]]>(
        Type.Array(ResetPart, {
          minItems: 1,
          description: 'These parts alone.',
          examples: [['webhooks']],
        }),
      ),
    ),
  },
  { additionalProperties: false, title: 'ResetFilter', examples: [{ only: ['webhooks'] }] },
)
export type Reset = InterfaceOf<typeof Reset, types.Reset>
