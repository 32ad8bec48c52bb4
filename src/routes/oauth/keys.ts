import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { KeySet } from '../../schemas/authorization-server.ts'
import type { SigningKey } from '../../stores/signing-key.ts'

/** Shows the key by which anyone can verify the sandbox's tokens (RFC 7517). */
export const keys: FastifyPluginCallbackTypebox<{ readonly key: SigningKey }> = (
  app,
  { key },
  done,
) => {
  app.get(
    '/jwks',
    { schema: { operationId: 'show-keys', response: { 200: KeySet } } },
    async (_request, reply) => {
      reply.sendJson(await key.keySet())
      return reply
    },
  )
  done()
}
