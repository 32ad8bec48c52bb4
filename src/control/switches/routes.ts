import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Control } from '../control.ts'
import { controlProblems } from '../responses.ts'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { Ambiguities } from '../../wink/switches/ambiguities.ts'

/** What the documentation leaves open, and how this sandbox answers it. */
export const ambiguityRoutes: FastifyPluginCallbackTypebox<{ readonly control: Control }> = (
  app,
  { control: { ambiguities } },
  done,
) => {
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
