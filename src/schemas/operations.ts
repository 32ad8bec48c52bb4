import { Type, type Static } from '@sinclair/typebox'

/** The operations of the imitated API, by Wink's names (CONTRACT §6). */
export const Operation = Type.Union(
  [
    Type.Literal('create-webhook'),
    Type.Literal('show-webhooks'),
    Type.Literal('load-webhook'),
    Type.Literal('show-webhook-events'),
    Type.Literal('update-webhook'),
    Type.Literal('delete-webhook'),
    Type.Literal('create-token'),
    Type.Literal('revoke-token'),
    Type.Literal('show-keys'),
  ],
  { description: 'An operation of the imitated API.' },
)
export type Operation = Static<typeof Operation>

/** The methods of each operation. */
export const operationMethods: Readonly<Record<Operation, readonly string[]>> = {
  'create-webhook': ['POST'],
  'show-webhooks': ['GET', 'HEAD'],
  'load-webhook': ['GET', 'HEAD'],
  'show-webhook-events': ['GET', 'HEAD'],
  'update-webhook': ['PATCH'],
  'delete-webhook': ['DELETE'],
  'create-token': ['POST'],
  'revoke-token': ['POST'],
  'show-keys': ['GET', 'HEAD'],
}
