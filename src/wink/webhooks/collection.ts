import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { needsScope } from '../auth/authorization.ts'
import {
  readJsonBody,
  requireJsonMediaType,
  requireManagingEntity,
  requireWinkVersion,
} from './checks.ts'
import { jsonWriter } from '../../base/json/writer.ts'
import { LazyList } from '../../base/json/lazy-list.ts'
import { newWebhook, representationOf, requireOwner } from './webhook.ts'
import { apiProblems, storedDescriptions } from './responses.ts'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { eventTypes } from './event-types.ts'
import { apiHeaders, EntityPath } from './parameters.ts'
import { KeyValuePair, webhookAnswers, webhookInput } from './schema.ts'
import type { WebhookRoutesOptions } from './routes.ts'

const tags = ['Webhook']

/** Create a webhook, list webhooks, list event types (CONTRACT §1 to §3, §6). */
export const collectionRoutes: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  {
    accounts,
    store,
    sources,
    switches: { entityMismatch, firstVersion, timestamps, ...inputSwitches },
  },
  done,
) => {
  const requireVersion = requireWinkVersion(inputSwitches.winkVersion)
  const requireEntity = requireManagingEntity(accounts)
  const headers = apiHeaders(inputSwitches)
  const answer = webhookAnswers[timestamps]
  const write = jsonWriter(answer)
  app.post(
    '/webhook',
    {
      ...needsScope('account.write'),
      preParsing: [requireJsonMediaType, requireVersion],
      preValidation: readJsonBody,
      preHandler: requireEntity,
      schema: {
        operationId: 'create-webhook',
        summary: 'Create a webhook',
        description: 'Subscribes a URL to events of the managing entity.',
        tags,
        params: EntityPath,
        headers,
        body: webhookInput(inputSwitches),
        response: {
          201: jsonResponse('The webhook as it was stored.', answer),
          ...apiProblems(storedDescriptions),
        },
      },
    },
    ({ context, body, params: { managingEntityIdentifier } }, reply) => {
      const origin = {
        userIdentifier: context.account.userIdentifier,
        ownerIdentifier: requireOwner(managingEntityIdentifier, body, entityMismatch),
        version: firstVersion,
      }
      const webhook = newWebhook(body, origin, sources)
      store.add(webhook)
      context.createdWebhookId = webhook.id
      reply.code(201).sendJson(representationOf(webhook, timestamps), write)
    },
  )

  app.get(
    '/webhook/list',
    {
      ...needsScope('account.read'),
      preParsing: requireVersion,
      preHandler: requireEntity,
      schema: {
        operationId: 'show-webhooks',
        summary: 'List webhooks',
        description: 'Shows the webhooks of the managing entity, oldest first.',
        tags,
        params: EntityPath,
        headers,
        response: {
          200: jsonResponse('Its webhooks.', Type.Array(answer)),
          ...apiProblems(),
        },
      },
    },
    ({ params: { managingEntityIdentifier } }, reply) => {
      const stored = store.list(managingEntityIdentifier)
      reply.sendJson(LazyList.of(stored, (webhook) => representationOf(webhook, timestamps)))
    },
  )

  app.get(
    '/webhook/event/list',
    {
      ...needsScope('account.read'),
      preParsing: requireVersion,
      preHandler: requireEntity,
      schema: {
        operationId: 'show-webhook-events',
        summary: 'List event types',
        description: 'Shows the events that a webhook can subscribe to.',
        tags,
        params: EntityPath,
        headers,
        response: {
          200: jsonResponse('All of them.', Type.Array(KeyValuePair)),
          ...apiProblems(),
        },
      },
    },
    (_request, reply) => {
      reply.sendJson(
        eventTypes.map(({ label, value }) => ({ label, value }) satisfies KeyValuePair),
      )
    },
  )
  done()
}

declare module '../../http/request-context.ts' {
  interface RequestContext {
    /** Id of the webhook that this request created. */
    createdWebhookId?: string
  }
}
