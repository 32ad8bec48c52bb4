import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type, type Static } from '@sinclair/typebox'
import { jsonResponse, problemResponses } from '../base/openapi/responses.ts'
import { addControlInput } from './input.ts'
import { version } from '../version.ts'

/** Answer of `GET /__admin/health`. */
const Health = Type.Object(
  {
    status: Type.Literal('up'),
    version: Type.String({ description: 'Version of the sandbox.' }),
    uptimeSeconds: Type.Number({ minimum: 0, description: 'Time since the sandbox was built.' }),
  },
  { title: 'Health', examples: [{ status: 'up', version, uptimeSeconds: 12.345 }] },
)
type Health = Static<typeof Health>

const descriptions = {
  400: 'The request is not HTTP/1.1 with a `Host`, or has a parameter or a body.',
  405: 'The path has no such method.',
  503: 'The sandbox is shutting down.',
}

/** The health route, below `/__admin`. It needs no token, and the first application serves it so that probes stay fast. */
export const healthRoute: FastifyPluginCallbackTypebox<{ readonly version: string }> = (
  app,
  { version },
  done,
) => {
  addControlInput(app)
  const startedMs = performance.now()
  app.get(
    '/health',
    {
      config: { probeLogLevel: 'debug' },
      schema: {
        operationId: 'show-health',
        summary: 'Show the health',
        description: 'Says that the sandbox is up; it needs no token.',
        tags: ['Sandbox'],
        security: [],
        response: { 200: jsonResponse('It is up.', Health), ...problemResponses(descriptions) },
      },
    },
    (_request, reply) => {
      const uptimeSeconds = Math.round(performance.now() - startedMs) / 1000
      reply.sendJson({ status: 'up', version, uptimeSeconds } satisfies Health)
    },
  )
  done()
}
