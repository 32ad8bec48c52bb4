import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { jsonResponse, problemResponses } from '../../openapi/responses.ts'
import { KeySet } from '../../schemas/authorization-server.ts'
import type { SigningKey } from '../../stores/signing-key.ts'
import { sendOAuthError } from './errors.ts'

/** Shows the key by which anyone can verify the sandbox's tokens (RFC 7517). */
export const keys: FastifyPluginCallbackTypebox<{ readonly key: SigningKey }> = (
  app,
  { key },
  done,
) => {
  app.setErrorHandler(sendOAuthError)
  app.get(
    '/jwks',
    {
      schema: {
        operationId: 'show-keys',
        summary: 'Show the public key',
        description: 'Shows the key by which tokens of the sandbox can be verified (RFC 7517).',
        tags: ['Tokens'],
        response: { 200: jsonResponse('The key.', KeySet), ...problemResponses(400, 500, 503) },
      },
    },
    async (_request, reply) => {
      reply.sendJson(await key.keySet())
      return reply
    },
  )
  done()
}
