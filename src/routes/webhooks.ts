import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { ApiError } from '../domain/problems.ts'
import {
  newWebhook,
  representationOf,
  requireOwner,
  type RecordSources,
} from '../domain/webhook.ts'
import { eventTypes } from '../schemas/event-types.ts'
import type { Switches } from '../schemas/switches.ts'
import { EventType, Webhook, webhookInput } from '../schemas/webhook.ts'
import type { WebhookStore } from '../stores/webhooks.ts'

/** What the webhook routes work on. */
export interface WebhookRoutesOptions {
  readonly store: WebhookStore
  readonly sources: RecordSources
  readonly switches: Switches
}

const params = Type.Object({ managingEntityIdentifier: Type.String() })

/** The webhooks of a managing entity as a whole (CONTRACT §1 to §3, §6). */
export const webhooks: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  { store, sources, switches: { entityMismatch, firstVersion, timestamps, ...inputSwitches } },
  done,
) => {
  app.post(
    '/webhook',
    {
      config: { scope: 'account.write' },
      schema: {
        operationId: 'create-webhook',
        params,
        body: webhookInput(inputSwitches),
        response: { 201: Webhook },
      },
    },
    ({ account, body, params: { managingEntityIdentifier } }, reply) => {
      const origin = {
        userIdentifier: account.userIdentifier,
        ownerIdentifier: requireOwner(managingEntityIdentifier, body, entityMismatch),
        version: firstVersion,
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
      reply.code(201).sendJson(representationOf(webhook, timestamps))
    },
  )

  app.get(
    '/webhook/list',
    {
      config: { scope: 'account.read' },
      schema: {
        operationId: 'show-webhooks',
        params,
        response: { 200: Type.Array(Webhook) },
      },
    },
    ({ params: { managingEntityIdentifier } }, reply) => {
      const stored = store.list(managingEntityIdentifier)
      reply.sendJson(stored.map((webhook) => representationOf(webhook, timestamps)))
    },
  )

  app.get(
    '/webhook/event/list',
    {
      config: { scope: 'account.read' },
      schema: {
        operationId: 'show-webhook-events',
        params,
        response: { 200: Type.Array(EventType) },
      },
    },
    (_request, reply) => {
      reply.sendJson(eventTypes.map(({ label, value }) => ({ label, value }) satisfies EventType))
    },
  )
  done()
}
