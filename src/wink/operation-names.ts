import { Type } from '@sinclair/typebox'
import type { InterfaceOf } from '../base/schema/interface.ts'
import type { Operation as OperationName } from './types.ts'

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
} satisfies Record<OperationName, readonly string[]>

/** Whether requests of an operation name a managing entity; those below `/oauth2` do not. */
export const namesManagingEntity = (operation: OperationName): boolean =>
  operation.includes('webhook')

/** The name of an operation. */
export const Operation = Type.Union(
  (Object.keys(operationMethods) as OperationName[]).map((name) => Type.Literal(name)),
  { description: 'An operation of the imitated API.', examples: ['create-webhook'] },
)
export type Operation = InterfaceOf<typeof Operation, OperationName>
