import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { OwnAddress } from '../../base/own-address.ts'
import { authorizationFields } from '../auth/bearer.ts'
import { requireCredentials, unknownClient } from './client-authentication.ts'
import type { Client, ClientStore } from './clients.ts'
import { readForm, requireFormMediaType, type Form } from './form.ts'
import type { IssuedTokens } from './issued-tokens.ts'
import {
  noStore,
  noStoreHeaders,
  oauthErrors,
  sendOAuthError,
  tokenDescriptions,
} from './oauth-error.ts'
import {
  grantedScopes,
  requireGrantType,
  requireTokenParameter,
  revocationParameters,
  tokenParameters,
} from './token-request.ts'
import { jsonResponse, noContent } from '../../base/openapi/responses.ts'
import { RevocationRequest, TokenRequest, TokenResponse } from './schema.ts'

/** Options of the token routes. */
export interface TokenRoutesOptions {
  readonly clients: ClientStore
  readonly issued: IssuedTokens
  readonly ownAddress: OwnAddress
}

const tags = ['Tokens']
const consumes = ['application/x-www-form-urlencoded']
/** Client authentication: in the body, as in the examples, or by HTTP Basic. */
const security = [{}, { client: [] }]

interface FormRoute {
  Body: Form
}

/** The token and revocation endpoints (CONTRACT §5; RFC 6749 §4.4, RFC 7009). */
export const tokens: FastifyPluginCallbackTypebox<TokenRoutesOptions> = (
  app,
  { clients, issued, ownAddress },
  done,
) => {
  const requireClient = ({ raw, body }: FastifyRequest<FormRoute>): Client => {
    const client = clients.authenticate(
      requireCredentials(authorizationFields(raw.rawHeaders), body),
    )
    if (client) return client
    throw unknownClient()
  }
  // The schemas describe forms; the checks are in token-request.ts.
  app.setValidatorCompiler(() => () => true)
  app.setErrorHandler(sendOAuthError)
  app.post<FormRoute>(
    '/token',
    {
      preParsing: requireFormMediaType,
      preValidation: readForm(tokenParameters),
      schema: {
        operationId: 'create-token',
        summary: 'Get an access token',
        description: 'Gives a client a token by its credentials (RFC 6749 §4.4).',
        tags,
        consumes,
        body: TokenRequest,
        response: {
          200: jsonResponse('The token.', TokenResponse, noStoreHeaders),
          ...oauthErrors(tokenDescriptions),
        },
        security,
      },
    },
    (request, reply) => {
      const client = requireClient(request)
      requireGrantType(request.body)
      const scopes = grantedScopes(request.body, client)
      const token = issued.issue(client, scopes, ownAddress.baseUrlOf(request))
      reply.headers(noStore).sendJson(token)
    },
  )

  app.post<FormRoute>(
    '/revoke',
    {
      preParsing: requireFormMediaType,
      preValidation: readForm(revocationParameters),
      schema: {
        operationId: 'revoke-token',
        summary: 'Revoke an access token',
        description:
          'Makes a token of the client useless; one that is unknown is already (RFC 7009).',
        tags,
        consumes,
        body: RevocationRequest,
        response: {
          200: noContent('The token is useless, if it is one of the client.', noStoreHeaders),
          ...oauthErrors(tokenDescriptions),
        },
        security,
      },
    },
    (request, reply) => {
      const client = requireClient(request)
      issued.revoke(requireTokenParameter(request.body), client)
      void reply.headers(noStore).send()
    },
  )
  done()
}
