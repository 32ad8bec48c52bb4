import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type, type Static } from '@sinclair/typebox'
import { requireCurrentVersion } from '../domain/if-match.ts'
import { ApiError } from '../domain/problems.ts'
import { deletionOf, representationOf, requireOwner, updatedWebhook } from '../domain/webhook.ts'
import { DeletedWebhook, Webhook, webhookInput } from '../schemas/webhook.ts'
import type { WebhookRoutesOptions } from './webhooks.ts'

const params = Type.Object({ managingEntityIdentifier: Type.String(), id: Type.String() })

/** One webhook of a managing entity: shown, changed, deleted (CONTRACT §6). */
export const webhook: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  { store, sources, switches: { entityMismatch, timestamps, ...inputSwitches } },
  done,
) => {
  const requireWebhook = ({ managingEntityIdentifier, id }: Static<typeof params>): Webhook => {
    const stored = store.get(managingEntityIdentifier, id)
    if (stored) return stored
    throw new ApiError(
      'not-found',
      'The managing entity has no such webhook; list those that it has.',
      { rule: 'webhook-exists' },
    )
  }

  // `list` is a path of its own, whatever the method.
  const url = '/webhook/:id((?!list$).+)'
  app.get(
    url,
    {
      config: { scope: 'account.read' },
      schema: { operationId: 'load-webhook', params, response: { 200: Webhook } },
    },
    (request, reply) => {
      reply.sendJson(representationOf(requireWebhook(request.params), timestamps))
    },
  )
  app.patch(
    url,
    {
      config: { scope: 'account.write' },
      schema: {
        operationId: 'update-webhook',
        params,
        body: webhookInput(inputSwitches),
        response: { 200: Webhook },
      },
    },
    (request, reply) => {
      const { body, params, headers } = request
      const owner = requireOwner(params.managingEntityIdentifier, body, entityMismatch)
      const stored = requireWebhook(params)
      requireCurrentVersion(headers['if-match'], stored.version)
      const changed = updatedWebhook(stored, body, owner, sources.clock)
      store.put(changed)
      reply.sendJson(representationOf(changed, timestamps))
    },
  )
  app.delete(
    url,
    {
      config: { scope: 'account.remove' },
      schema: { operationId: 'delete-webhook', params, response: { 200: DeletedWebhook } },
    },
    (request, reply) => {
      const stored = requireWebhook(request.params)
      requireCurrentVersion(request.headers['if-match'], stored.version)
      store.remove(stored)
      reply.sendJson(deletionOf(stored))
    },
  )
  done()
}
