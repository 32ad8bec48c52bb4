import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type, type Static } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { OwnAddress } from '../../base/own-address.ts'
import { decoded, pathOf } from '../../base/target.ts'
import { allScopes } from '../auth/scopes.ts'
import { jsonResponse, problemResponses } from '../../base/openapi/responses.ts'
import { unknownPathError } from '../../http/not-found.ts'

const metadataOf = (issuer: string) => ({
  issuer,
  token_endpoint: `${issuer}/oauth2/token`,
  jwks_uri: `${issuer}/oauth2/jwks`,
  revocation_endpoint: `${issuer}/oauth2/revoke`,
  scopes_supported: [...allScopes],
  response_types_supported: [],
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
})

/** The metadata of the authorization server (RFC 8414 §2). */
const AuthorizationServer = Type.Object(
  {
    issuer: Type.String(),
    token_endpoint: Type.String(),
    jwks_uri: Type.String(),
    revocation_endpoint: Type.String(),
    scopes_supported: Type.Array(Type.String()),
    response_types_supported: Type.Array(Type.String()),
    grant_types_supported: Type.Array(Type.String()),
    token_endpoint_auth_methods_supported: Type.Array(Type.String()),
  },
  { title: 'AuthorizationServer', examples: [metadataOf('http://127.0.0.1:4010')] },
)

/**
 * Shows the metadata of the token endpoints at the well-known path. If the public URL has a path, clients append
 * that path, so the metadata are there too (RFC 8414 §3.1).
 */
export const authorizationServer: FastifyPluginCallbackTypebox<{
  readonly ownAddress: OwnAddress
}> = (app, { ownAddress }, done) => {
  const path = '/oauth-authorization-server'
  const schema = {
    operationId: 'show-authorization-server',
    summary: 'Show where tokens come from',
    description: 'Shows the addresses and abilities of the token endpoints (RFC 8414).',
    tags: ['Tokens'],
    response: {
      200: jsonResponse('What there is.', AuthorizationServer),
      ...problemResponses({
        400: 'The request is not HTTP/1.1 with a `Host`.',
        503: 'The sandbox is shutting down.',
      }),
    },
  }
  const show = (request: FastifyRequest, reply: FastifyReply): void => {
    const issuer = ownAddress.baseUrlOf(request)
    reply.sendJson(metadataOf(issuer) satisfies Static<typeof AuthorizationServer>)
  }
  app.get(path, { schema }, show)
  const { publicPath } = ownAddress
  if (publicPath !== '') {
    // A wildcard route, because the router would interpret special characters of the public path.
    const published = decoded(`${app.prefix}${path}${publicPath}`)
    app.get(`${path}/*`, { schema: { hide: true } }, (request, reply) => {
      if (decoded(pathOf(request.url)) !== published) throw unknownPathError(request.url)
      show(request, reply)
    })
  }
  done()
}
