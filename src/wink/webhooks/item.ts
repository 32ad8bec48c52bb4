import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Static } from '@sinclair/typebox'
import { needsScope } from '../auth/authorization.ts'
import {
  readJsonBody,
  requireJsonMediaType,
  requireManagingEntity,
  requireWinkVersion,
} from './checks.ts'
import { requireCurrentVersion } from './if-match.ts'
import { jsonWriter } from '../../base/json/writer.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { deletionOf, representationOf, requireOwner, updatedWebhook } from './webhook.ts'
import {
  apiProblems,
  changeDescriptions,
  storedDescriptions,
  webhookDescriptions,
} from './responses.ts'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { apiHeaders, conditionalHeaders, WebhookPath } from './parameters.ts'
import { RemoveEntryResponse, webhookAnswers, webhookInput, type Webhook } from './schema.ts'
import type { WebhookRoutesOptions } from './routes.ts'

const tags = ['Webhook']

/** Show, update and delete one webhook (CONTRACT §6). */
export const itemRoutes: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  { accounts, store, sources, switches: { entityMismatch, timestamps, ...inputSwitches } },
  done,
) => {
  const requireVersion = requireWinkVersion(inputSwitches.winkVersion)
  const requireEntity = requireManagingEntity(accounts)
  const requireWebhook = ({
    managingEntityIdentifier,
    id,
  }: Static<typeof WebhookPath>): Webhook => {
    const stored = store.get(managingEntityIdentifier, id)
    if (stored) return stored
    throw new ApiError(
      'not-found',
      'The managing entity has no such webhook; list those that it has.',
      { rule: 'webhook-exists' },
    )
  }

  const answer = webhookAnswers[timestamps]
  const write = jsonWriter(answer)
  // `/webhook/list` is another path, for every method.
  const url = '/webhook/:id((?!list$).+)'
  app.get(
    url,
    {
      ...needsScope('account.read'),
      preParsing: requireVersion,
      preHandler: requireEntity,
      schema: {
        operationId: 'load-webhook',
        summary: 'Show a webhook',
        description: 'Shows one webhook of the managing entity.',
        tags,
        params: WebhookPath,
        headers: apiHeaders(inputSwitches),
        response: {
          200: jsonResponse('The webhook.', answer),
          ...apiProblems(webhookDescriptions),
        },
      },
    },
    (request, reply) => {
      reply.sendJson(representationOf(requireWebhook(request.params), timestamps), write)
    },
  )
  app.patch(
    url,
    {
      ...needsScope('account.write'),
      preParsing: [requireJsonMediaType, requireVersion],
      preValidation: readJsonBody,
      preHandler: requireEntity,
      schema: {
        operationId: 'update-webhook',
        summary: 'Update a webhook',
        description:
          'Replaces the whole of what created it. `If-Match` keeps two from overwriting each other.',
        tags,
        params: WebhookPath,
        headers: conditionalHeaders(inputSwitches),
        body: webhookInput(inputSwitches),
        response: {
          200: jsonResponse('The webhook, with its next version.', answer),
          ...apiProblems({ ...storedDescriptions, ...changeDescriptions }),
        },
      },
    },
    (request, reply) => {
      const { body, params, headers } = request
      const owner = requireOwner(params.managingEntityIdentifier, body, entityMismatch)
      const stored = requireWebhook(params)
      requireCurrentVersion(headers['if-match'], stored.version)
      const changed = updatedWebhook(stored, body, owner, sources.instants())
      store.update(stored, changed)
      reply.sendJson(representationOf(changed, timestamps), write)
    },
  )
  app.delete(
    url,
    {
      ...needsScope('account.remove'),
      preParsing: requireVersion,
      preHandler: requireEntity,
      schema: {
        operationId: 'delete-webhook',
        summary: 'Delete a webhook',
        description: 'Ends a subscription.',
        tags,
        params: WebhookPath,
        headers: conditionalHeaders(inputSwitches),
        response: {
          200: jsonResponse('It is gone.', RemoveEntryResponse),
          ...apiProblems(changeDescriptions),
        },
      },
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
