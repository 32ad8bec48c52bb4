import { Type, type Static } from '@sinclair/typebox'

/** The public keys by which tokens can be verified (RFC 7517 §5). */
export const KeySet = Type.Object(
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
  { title: 'KeySet' },
)
export type KeySet = Static<typeof KeySet>

/** What a client can find out about the issuer of tokens (RFC 8414 §2). */
export const AuthorizationServer = Type.Object(
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
  { title: 'AuthorizationServer' },
)
export type AuthorizationServer = Static<typeof AuthorizationServer>
