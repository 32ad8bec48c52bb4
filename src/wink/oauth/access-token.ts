import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { Check } from '@sinclair/typebox/value'
import type { Scope } from '../auth/scopes.ts'
import { AccessTokenClaims } from './schema.ts'
import type { Client } from './clients.ts'
import { keyId, testKey } from './test-key.ts'
import { jsonObjectOf } from '../auth/users.ts'

/** The claims of a token that come neither from its client nor from its scopes. */
export interface TokenOrigin {
  readonly issuer: string
  readonly id: string
  /** Time of issue, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly nowMs: number
  readonly lifetimeSeconds: number
}

/** The claims of a new token (CONTRACT §5), with times in whole seconds (RFC 7519 §2), rounded down. */
export function newClaims(
  { id: clientId, userIdentifier }: Client,
  scopes: readonly Scope[],
  { issuer, id, nowMs, lifetimeSeconds }: TokenOrigin,
): AccessTokenClaims {
  const iat = Math.floor(nowMs / 1000)
  return {
    iss: issuer,
    sub: userIdentifier,
    aud: clientId,
    client_id: clientId,
    scope: scopes.join(' '),
    iat,
    nbf: iat,
    exp: iat + lifetimeSeconds,
    jti: id,
  }
}

const header = base64url({ kid: keyId, typ: 'JWT', alg: 'RS256' })

/** Whether the header of a token names the sandbox's key. */
export function isIssued(token: string): boolean {
  const end = token.indexOf('.')
  return end !== -1 && jsonObjectOf(token.slice(0, end))?.['kid'] === keyId
}

/** Signs and verifies JWTs (RFC 7515 §5). */
export class TokenSigner {
  readonly #privateKey = createPrivateKey({ key: testKey, format: 'jwk' })
  readonly #publicKey = createPublicKey(this.#privateKey)

  sign(claims: AccessTokenClaims): string {
    const input = `${header}.${base64url(claims)}`
    return `${input}.${sign('sha256', Buffer.from(input), this.#privateKey).toString('base64url')}`
  }

  /** The claims of a token; undefined if its algorithm is not RS256 or its signature does not match. */
  verify(token: string): AccessTokenClaims | undefined {
    const [head = '', payload = '', signature = '', ...rest] = token.split('.')
    const bytes = Buffer.from(signature, 'base64url')
    // Several texts decode to the same bytes; only the canonical one was issued.
    if (rest.length > 0 || bytes.toString('base64url') !== signature) return undefined
    if (jsonObjectOf(head)?.['alg'] !== 'RS256') return undefined
    if (!verify('sha256', Buffer.from(`${head}.${payload}`), this.#publicKey, bytes)) {
      return undefined
    }
    const claims = jsonObjectOf(payload)
    return Check(AccessTokenClaims, claims) ? claims : undefined
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
