import { Type, type Static } from '@sinclair/typebox'

/** The operations of the imitated API, by Wink's names. */
export const Operation = Type.Union([Type.Literal('create-webhook')], {
  description: 'An operation of the imitated API.',
})
export type Operation = Static<typeof Operation>
