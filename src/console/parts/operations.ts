import type { Operation } from '../../wink/types.ts'

/** The operations of the imitated API. The compiler compares them with its own. */
export const operations = Object.keys({
  'create-webhook': true,
  'show-webhooks': true,
  'load-webhook': true,
  'show-webhook-events': true,
  'update-webhook': true,
  'delete-webhook': true,
  'create-token': true,
  'revoke-token': true,
  'show-keys': true,
} satisfies Record<Operation, true>)
