import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { ApiError } from '../domain/problems.ts'
import {
  newWebhook,
  representationOf,
  requireSameEntity,
  type RecordSources,
} from '../domain/webhook.ts'
import type { Switches } from '../schemas/switches.ts'
import { Webhook, webhookInput } from '../schemas/webhook.ts'
import type { WebhookStore } from '../stores/webhooks.ts'

/** What the webhook routes work on. */
export interface WebhookRoutesOptions {
  readonly store: WebhookStore
  readonly sources: RecordSources
  readonly switches: Switches
}

/** The webhook resource of a managing entity (CONTRACT §1 to §3). */
export const webhooks: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  { store, sources, switches },
  done,
) => {
  app.allowOnly('/webhook', ['POST'])
  app.post(
    '/webhook',
    {
      config: { scope: 'account.write' },
      schema: {
        operationId: 'create-webhook',
        params: Type.Object({ managingEntityIdentifier: Type.String() }),
        body: webhookInput(switches),
        response: { 201: Webhook },
      },
    },
    (request, reply) => {
      const { account, body, params } = request
      const pathWins = switches.entityMismatch === 'path-wins'
      if (!pathWins) requireSameEntity(params.managingEntityIdentifier, body)
      const origin = {
        userIdentifier: account.userIdentifier,
        ownerIdentifier: pathWins ? params.managingEntityIdentifier : body.entity.identifier,
        version: switches.firstVersion,
      }
      const webhook = newWebhook(body, origin, sources)
      if (!store.add(webhook)) {
        throw new ApiError(
          'service-unavailable',
          'The store is full; raise --max-webhooks (WINK_MOCK_MAX_WEBHOOKS).',
          { rule: 'capacity' },
        )
      }
      reply.createdWebhookId = webhook.id
      reply.code(201).sendJson(representationOf(webhook, switches.timestamps))
    },
  )
  done()
}
