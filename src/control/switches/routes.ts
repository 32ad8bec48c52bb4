import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { Ambiguities } from '../../wink/switches/ambiguities.ts'
import { controlProblems } from '../responses.ts'
import type { AmbiguityControl } from './control.ts'

/** Lists the questions that Wink's documentation leaves open. */
export const ambiguityRoutes: FastifyPluginCallbackTypebox<{
  readonly ambiguities: AmbiguityControl
}> = (app, { ambiguities }, done) => {
  app.get(
    '/ambiguities',
    {
      schema: {
        operationId: 'list-ambiguities',
        summary: 'List ambiguities',
        description: 'Shows what the documentation leaves open, and how this sandbox answers it.',
        tags: ['Sandbox'],
        response: {
          200: jsonResponse('The questions.', Ambiguities),
          ...controlProblems(),
        },
      },
    },
    (_request, reply) => {
      reply.sendJson({ ambiguities: ambiguities.list() } satisfies Ambiguities)
    },
  )
  done()
}
