import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { Webhook } from '../../wink/webhooks/schema.ts'
import { controlProblems } from '../responses.ts'
import { EntityFilter } from '../schema.ts'
import type { Views } from '../views.ts'

const Webhooks = Type.Object({ webhooks: Type.Array(Webhook) })

/** Lists stored webhooks. */
export const webhookRoutes: FastifyPluginCallbackTypebox<{ readonly views: Views }> = (
  app,
  { views },
  done,
) => {
  app.get(
    '/webhooks',
    {
      schema: {
        operationId: 'list-all-webhooks',
        summary: 'List stored webhooks',
        description: 'Shows the webhooks of all managing entities, or of one.',
        tags: ['State'],
        querystring: EntityFilter,
        response: { 200: jsonResponse('The webhooks.', Webhooks), ...controlProblems() },
      },
    },
    (request, reply) => {
      reply.sendJson({ webhooks: views.webhooks(request.query) })
    },
  )
  done()
}
