import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { ApiError } from '../domain/problems.ts'
import { newWebhook, requireSameEntity, type RecordSources } from '../domain/webhook.ts'
import { Webhook, WebhookInput } from '../schemas/webhook.ts'
import type { WebhookStore } from '../stores/webhooks.ts'

/** What the webhook routes work on. */
export interface WebhookRoutesOptions {
  readonly store: WebhookStore
  readonly sources: RecordSources
}

/** The webhook resource of a managing entity (CONTRACT §1 to §3). */
export const webhooks: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  { store, sources },
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
        body: WebhookInput,
        response: { 201: Webhook },
      },
    },
    (request, reply) => {
      requireSameEntity(request.params.managingEntityIdentifier, request.body)
      const webhook = newWebhook(request.body, request.account, sources)
      if (!store.add(webhook)) {
        throw new ApiError(
          'service-unavailable',
          'The store is full; raise --max-webhooks (WINK_MOCK_MAX_WEBHOOKS).',
        )
      }
      reply.code(201).sendJson(webhook)
    },
  )
  done()
}
