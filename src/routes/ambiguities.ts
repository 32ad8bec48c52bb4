import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { ambiguitiesOf } from '../domain/ambiguities.ts'
import { Ambiguities, type Switches } from '../schemas/switches.ts'

/** What the documentation leaves open, and how this sandbox answers it; it needs no token. */
export const ambiguityRoutes: FastifyPluginCallbackTypebox<{ readonly switches: Switches }> = (
  app,
  { switches },
  done,
) => {
  app.allowOnly('/ambiguities', ['GET', 'HEAD'])
  app.get('/ambiguities', { schema: { response: { 200: Ambiguities } } }, (_request, reply) => {
    reply.sendJson({ ambiguities: ambiguitiesOf(switches) } satisfies Ambiguities)
  })
  done()
}
