import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Health } from '../schemas/health.ts'

/** The sandbox's own routes, below `/__admin`: they are no part of Wink's API and need no token. */
export const sandboxRoutes: FastifyPluginCallbackTypebox<{ readonly version: string }> = (
  app,
  { version },
  done,
) => {
  const startedMs = performance.now()
  app.get('/health', { schema: { response: { 200: Health } } }, (_request, reply) => {
    const uptimeSeconds = Math.round(performance.now() - startedMs) / 1000
    reply.sendJson({ status: 'up', version, uptimeSeconds } satisfies Health)
  })
  done()
}
