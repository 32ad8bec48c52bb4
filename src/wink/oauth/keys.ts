import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type, type Static } from '@sinclair/typebox'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { oauthErrors, sendOAuthError, tokenDescriptions } from './oauth-error.ts'
import { keyId, testKey } from './test-key.ts'

const key = {
  kty: 'RSA',
  use: 'sig',
  alg: 'RS256',
  kid: keyId,
  n: testKey.n,
  e: testKey.e,
} as const

/** The public keys that verify tokens (RFC 7517 §5). */
const KeySet = Type.Object(
  {
    keys: Type.Array(
      Type.Object({
        kty: Type.Literal('RSA'),
        use: Type.Literal('sig'),
        alg: Type.Literal('RS256'),
        kid: Type.String(),
        n: Type.String(),
        e: Type.String(),
      }),
    ),
  },
  { title: 'KeySet', examples: [{ keys: [key] }] },
)

const keySet: Static<typeof KeySet> = { keys: [key] }

const descriptions = {
  400: 'The request is not HTTP/1.1 with a `Host`.',
  405: tokenDescriptions[405],
  500: tokenDescriptions[500],
  503: tokenDescriptions[503],
}

/** Shows the public key (RFC 7517). */
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
        response: { 200: jsonResponse('The key.', KeySet), ...oauthErrors(descriptions) },
      },
    },
    (_request, reply) => {
      reply.sendJson(keySet)
    },
  )
  done()
}
