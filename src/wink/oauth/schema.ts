import { Type, type Static } from '@sinclair/typebox'
import { exampleRevocation, exampleTokenRequest, exampleTokenResponse } from '../examples.ts'
import { Uuid } from '../../base/schema/formats.ts'

/** The claims of an access token that the sandbox issues (RFC 7519 §4; CONTRACT §5). */
export const AccessTokenClaims = Type.Object({
  iss: Type.String({ description: 'Base URL of the sandbox.' }),
  sub: Type.Unsafe<string>({ ...Uuid, description: 'The user.' }),
  aud: Type.String({ description: 'Id of the client.' }),
  client_id: Type.String({ description: 'Id of the client.' }),
  scope: Type.String({ description: 'Space-delimited.' }),
  iat: Type.Number({ description: 'Issued, in seconds since 1970-01-01T00:00:00Z.' }),
  nbf: Type.Number({ description: 'Not valid before, in the same unit.' }),
  exp: Type.Number({ description: 'Expires, in the same unit.' }),
  jti: Type.String({ description: 'Id of the token.' }),
})
export type AccessTokenClaims = Static<typeof AccessTokenClaims>

/** Answer of the token endpoint (RFC 6749 §5.1). */
export const TokenResponse = Type.Object(
  {
    access_token: Type.String(),
    token_type: Type.Literal('Bearer'),
    expires_in: Type.Integer({ description: 'Lifetime, in seconds.' }),
    scope: Type.String({ description: 'Space-delimited.' }),
  },
  { title: 'TokenResponse', examples: [exampleTokenResponse] },
)
export type TokenResponse = Static<typeof TokenResponse>

const clientParameters = {
  client_id: Type.Optional(
    Type.String({
      description: 'Id of the client, where it is not sent by HTTP Basic.',
      examples: [exampleTokenRequest.client_id],
    }),
  ),
  client_secret: Type.Optional(
    Type.String({
      description: 'Secret of the client, likewise.',
      examples: [exampleTokenRequest.client_secret],
    }),
  ),
}

/** The parameters of a token request (RFC 6749 §4.4.2). */
export const TokenRequest = Type.Object(
  {
    grant_type: Type.Literal('client_credentials', { examples: ['client_credentials'] }),
    scope: Type.Optional(
      Type.String({
        description:
          'Space-delimited. By default the scopes of the client in `--data`, else `account.read account.write account.remove`.',
        examples: [exampleTokenRequest.scope],
      }),
    ),
    ...clientParameters,
  },
  { title: 'TokenRequest', examples: [exampleTokenRequest] },
)

/** The parameters of a revocation request (RFC 7009 §2.1). */
export const RevocationRequest = Type.Object(
  {
    token: Type.String({
      description: 'The token to revoke.',
      examples: [exampleRevocation.token],
    }),
    token_type_hint: Type.Optional(
      Type.String({
        description: 'Taken, and not needed.',
        examples: [exampleRevocation.token_type_hint],
      }),
    ),
    ...clientParameters,
  },
  { title: 'RevocationRequest', examples: [exampleRevocation] },
)
