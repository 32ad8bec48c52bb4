import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { BaseUrlSource } from '../../domain/base-url.ts'
import { allScopes } from '../../domain/scopes.ts'
import { jsonResponse, problemResponses } from '../../openapi/responses.ts'
import { AuthorizationServer } from '../../schemas/authorization-server.ts'

/** Says where tokens come from, for clients that ask (RFC 8414). */
export const authorizationServer: FastifyPluginCallbackTypebox<{
  readonly baseUrlOf: BaseUrlSource
}> = (app, { baseUrlOf }, done) => {
  const path = '/oauth-authorization-server'
  const schema = {
    operationId: 'show-authorization-server',
    summary: 'Show where tokens come from',
    description: 'Shows the addresses and abilities of the token endpoints (RFC 8414).',
    tags: ['Tokens'],
    response: () => ({
      200: jsonResponse('What there is.', AuthorizationServer),
      ...problemResponses({
        400: 'The request is not HTTP/1.1 with a `Host`.',
        503: 'The sandbox is shutting down.',
      }),
    }),
  }
  app.get(path, { schema }, (request, reply) => {
    const issuer = baseUrlOf(request)
    reply.sendJson({
      issuer,
      token_endpoint: `${issuer}/oauth2/token`,
      jwks_uri: `${issuer}/oauth2/jwks`,
      revocation_endpoint: `${issuer}/oauth2/revoke`,
      scopes_supported: [...allScopes],
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    } satisfies AuthorizationServer)
  })
  done()
}
