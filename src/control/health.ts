import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { jsonResponse, problemResponses } from '../base/openapi/responses.ts'
import { controlInput } from './input.ts'
import { Health } from './health-schema.ts'

const meanings = {
  400: 'The request is not HTTP/1.1 with a `Host`, or has a parameter or a body.',
  405: 'The path has no such method.',
  503: 'The sandbox is shutting down.',
}

/** The sandbox's own routes, below `/__admin`: they are no part of Wink's API and need no token. */
export const sandboxRoutes: FastifyPluginCallbackTypebox<{ readonly version: string }> = (
  app,
  { version },
  done,
) => {
  app.register(controlInput)
  const startedMs = performance.now()
  app.get(
    '/health',
    {
      schema: {
        operationId: 'show-health',
        summary: 'Show the health',
        description: 'Says that the sandbox is up; it needs no token.',
        tags: ['Sandbox'],
        security: [],
        response: { 200: jsonResponse('It is up.', Health), ...problemResponses(meanings) },
      },
    },
    (_request, reply) => {
      const uptimeSeconds = Math.round(performance.now() - startedMs) / 1000
      reply.sendJson({ status: 'up', version, uptimeSeconds } satisfies Health)
    },
  )
  done()
}
