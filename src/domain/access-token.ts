import { verify, type KeyObject } from 'node:crypto'
import { Check } from '@sinclair/typebox/value'
import type { Scope } from '../schemas/data.ts'
import { AccessTokenClaims } from '../schemas/token.ts'
import type { Client } from './client.ts'
import { jsonObjectOf } from './users.ts'

/** What a new token is made of, beside its client and its scopes. */
export interface TokenOrigin {
  readonly issuer: string
  readonly id: string
  /** When it is issued, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly nowMs: number
  readonly lifetimeSeconds: number
}

/** The claims of a new token (CONTRACT §5). Its instants are whole seconds (RFC 7519 §2), rounded down. */
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

/** The key id that the header of a JWT names (RFC 7515 §4.1.4); undefined for any other token. */
export function keyIdOf(token: string): unknown {
  const end = token.indexOf('.')
  return end === -1 ? undefined : jsonObjectOf(token.slice(0, end))?.['kid']
}

/** The claims of a token if this key signed it as it is (RFC 7515 §5.2), by RS256 and nothing else. */
export function verifiedClaims(token: string, publicKey: KeyObject): AccessTokenClaims | undefined {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  // More than one text stands for the same bytes; only one of them was issued.
  if (rest.length > 0 || bytes.toString('base64url') !== signature) return undefined
  if (jsonObjectOf(header)?.['alg'] !== 'RS256') return undefined
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), publicKey, bytes)) return undefined
  const claims = jsonObjectOf(payload)
  return Check(AccessTokenClaims, claims) ? claims : undefined
}
