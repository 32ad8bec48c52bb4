import { Type } from '@sinclair/typebox'
import { exampleEntity, exampleWebhook } from './examples.ts'

// What stands here is for readers: the checks of the contract come in an order of their own (CONTRACT §1),
// and say more than that a parameter breaks a schema.

const managingEntityIdentifier = Type.String({
  format: 'uuid',
  description: 'Identifier of the managing entity that owns the webhooks.',
  examples: [exampleEntity.identifier],
})

/** Parameters of the paths of a managing entity. */
export const EntityPath = Type.Object({ managingEntityIdentifier })

/** Parameters of the paths of one webhook. */
export const WebhookPath = Type.Object({
  managingEntityIdentifier,
  id: Type.String({
    format: 'uuid',
    description: 'Identifier of the webhook.',
    examples: [exampleWebhook.id],
  }),
})

const winkVersion = {
  'Wink-Version': Type.Optional(
    Type.Union([Type.Literal('2.0'), Type.Literal('2.0.0')], {
      default: '2.0.0',
      description: 'Version of the API.',
    }),
  ),
}

/** Header fields of every request of a managing entity (CONTRACT §2). */
export const ApiHeaders = Type.Object(winkVersion)

/** Header fields of a request that may depend on the version of a webhook (CONTRACT §6). */
export const ConditionalHeaders = Type.Object({
  ...winkVersion,
  'If-Match': Type.Optional(
    Type.String({
      description: 'The version that is meant, such as `3` or `"3"`; `*` stands for any.',
    }),
  ),
})

/** Parameter of the paths of what the control API knows by an id. */
export const IdPath = Type.Object({ id: Type.String({ description: 'Its id.' }) })
