import { Type } from '@sinclair/typebox'

/** Methods of each operation, by Wink's operation name (CONTRACT §6). */
export const operationMethods = {
  'create-webhook': ['POST'],
  'show-webhooks': ['GET', 'HEAD'],
  'load-webhook': ['GET', 'HEAD'],
  'show-webhook-events': ['GET', 'HEAD'],
  'update-webhook': ['PATCH'],
  'delete-webhook': ['DELETE'],
  'create-token': ['POST'],
  'revoke-token': ['POST'],
  'show-keys': ['GET', 'HEAD'],
} satisfies Record<string, readonly string[]>

export type Operation = keyof typeof operationMethods

/** The name of an operation. */
export const Operation = Type.Union(
  (Object.keys(operationMethods) as Operation[]).map((name) => Type.Literal(name)),
  { description: 'An operation of the imitated API.', examples: ['create-webhook'] },
)
