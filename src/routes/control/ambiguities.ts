import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Control } from '../../control/control.ts'
import { Ambiguities } from '../../schemas/switches.ts'

/** What the documentation leaves open, and how this sandbox answers it. */
export const ambiguityRoutes: FastifyPluginCallbackTypebox<{ readonly control: Control }> = (
  app,
  { control: { ambiguities } },
  done,
) => {
  app.get('/ambiguities', { schema: { response: { 200: Ambiguities } } }, (_request, reply) => {
    reply.sendJson({ ambiguities: ambiguities.list() } satisfies Ambiguities)
  })
  done()
}
