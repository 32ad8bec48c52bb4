import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { keySet } from './access-token.ts'
import { oauthErrors, tokenMeanings } from './responses.ts'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { KeySet } from './metadata-schema.ts'
import { sendOAuthError } from './error-handler.ts'

const meanings = {
  400: 'The request is not HTTP/1.1 with a `Host`.',
  405: tokenMeanings[405],
  500: tokenMeanings[500],
  503: tokenMeanings[503],
}

/** Shows the key by which anyone can verify the sandbox's tokens (RFC 7517). */
export const keys: FastifyPluginCallbackTypebox = (app, _options, done) => {
  app.setErrorHandler(sendOAuthError)
  app.get(
    '/jwks',
    {
      schema: {
        operationId: 'show-keys',
        summary: 'Show the public key',
        description: 'Shows the key by which tokens of the sandbox can be verified (RFC 7517).',
        tags: ['Tokens'],
        response: { 200: jsonResponse('The key.', KeySet), ...oauthErrors(meanings) },
      },
    },
    (_request, reply) => {
      reply.sendJson(keySet)
    },
  )
  done()
}
