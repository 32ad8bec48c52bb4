import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { OwnAddress } from '../../base/own-address.ts'
import { authorizationFields } from '../auth/bearer.ts'
import type { Client } from './client.ts'
import { requireCredentials, unknownClient } from './client-authentication.ts'
import { formOf, type Form } from './form.ts'
import { noStore } from './oauth-error.ts'
import {
  grantedScopes,
  requireGrantType,
  requireTokenParameter,
  revocationParameters,
  tokenParameters,
} from './token-request.ts'
import { noStoreHeaders, oauthErrors, tokenMeanings } from './responses.ts'
import { jsonResponse, noContent } from '../../base/openapi/responses.ts'
import { formBody } from './form-body.ts'
import { notFound } from '../../http/not-found.ts'
import { RevocationRequest, TokenRequest, TokenResponse } from './schema.ts'
import type { ClientStore } from './clients.ts'
import type { IssuedTokens } from './issued-tokens.ts'
import { sendOAuthError } from './error-handler.ts'

/** What the token routes work on. */
export interface TokenRoutesOptions {
  readonly clients: ClientStore
  readonly issued: IssuedTokens
  readonly ownAddress: OwnAddress
}

const tags = ['Tokens']
const consumes = ['application/x-www-form-urlencoded']
/** By HTTP Basic, or in the body. */
const security = [{ client: [] }, {}]

interface FormRoute {
  Body: string
}

/** Where clients get access tokens and give them back (CONTRACT §5; RFC 6749 §4.4, RFC 7009). */
export const tokens: FastifyPluginCallbackTypebox<TokenRoutesOptions> = (
  app,
  { clients, issued, ownAddress },
  done,
) => {
  const requireClient = ({ raw }: FastifyRequest<FormRoute>, form: Form): Client => {
    const client = clients.authenticate(
      requireCredentials(authorizationFields(raw.rawHeaders), form),
    )
    if (client) return client
    throw unknownClient()
  }
  app.register(formBody)
  app.setErrorHandler(sendOAuthError)
  app.register(notFound, {
    detail: 'There is no such path; access tokens are at /oauth2/token.',
  })
  app.post<FormRoute>(
    '/token',
    {
      schema: {
        operationId: 'create-token',
        summary: 'Get an access token',
        description: 'Gives a client a token by its credentials (RFC 6749 §4.4).',
        tags,
        consumes,
        body: TokenRequest,
        response: {
          200: jsonResponse('The token.', TokenResponse, noStoreHeaders),
          ...oauthErrors(tokenMeanings),
        },
        security,
      },
    },
    (request, reply) => {
      const form = formOf(request.body, tokenParameters, request.headers['content-encoding'])
      const client = requireClient(request, form)
      requireGrantType(form)
      const token = issued.issue(client, grantedScopes(form, client), ownAddress.baseUrlOf(request))
      reply.headers(noStore).sendJson(token)
    },
  )

  app.post<FormRoute>(
    '/revoke',
    {
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
          ...oauthErrors(tokenMeanings),
        },
        security,
      },
    },
    (request, reply) => {
      const form = formOf(request.body, revocationParameters, request.headers['content-encoding'])
      const client = requireClient(request, form)
      issued.revoke(requireTokenParameter(form), client)
      void reply.headers(noStore).send()
    },
  )
  done()
}
