import type { KeyObject } from 'node:crypto'
import { SignJWT } from 'jose'
import { keyIdOf, newClaims, verifiedClaims } from '../domain/access-token.ts'
import type { Caller } from '../domain/bearer.ts'
import type { Client } from '../domain/client.ts'
import type { Clock } from '../domain/clock.ts'
import { scopesIn } from '../domain/scopes.ts'
import type { IdSource } from '../domain/uuid.ts'
import type { Scope } from '../schemas/data.ts'
import type { AccessTokenClaims, TokenResponse } from '../schemas/token.ts'
import type { ClientStore } from './clients.ts'
import { Recent } from './recent.ts'
import { Revocations } from './revocations.ts'
import type { SigningKey } from './signing-key.ts'

/** What issued tokens depend on. */
export interface IssuedTokensParts {
  readonly key: SigningKey
  readonly clients: ClientStore
  readonly clock: Clock
  readonly ids: IdSource
  /** Of tokens whose client has no lifetime of its own, in seconds. */
  readonly lifetimeSeconds: number
}

/** The tokens that the sandbox issues: JWTs that are verified in full when they come back (CONTRACT §5). */
export class IssuedTokens {
  readonly #parts: IssuedTokensParts
  readonly #revocations: Revocations
  readonly #areIssued = new Recent<boolean>()
  readonly #claims = new Recent<AccessTokenClaims | null>()

  constructor(parts: IssuedTokensParts) {
    this.#parts = parts
    this.#revocations = new Revocations(parts.clock)
  }

  /** A new token for a client, as the token endpoint answers it. */
  async issue(client: Client, scopes: readonly Scope[], issuer: string): Promise<TokenResponse> {
    const { key, clock, ids } = this.#parts
    const { privateKey } = await key.pair()
    const { tokenLifetimeSeconds: lifetimeSeconds = this.#parts.lifetimeSeconds } = client
    const origin = { issuer, id: ids(), nowMs: clock(), lifetimeSeconds }
    const claims = newClaims(client, scopes, origin)
    const token = await new SignJWT(claims)
      .setProtectedHeader({ kid: key.id, typ: 'JWT', alg: 'RS256' })
      .sign(privateKey)
    return {
      access_token: token,
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      scope: claims.scope,
    }
  }

  /** Whether a token was issued here, or by a sandbox with the same seed, as far as it says so itself. */
  isIssued(token: string): boolean {
    return this.#areIssued.of(token, () => keyIdOf(token) === this.#parts.key.id)
  }

  /** The account that an issued token speaks for. Only the first that comes back may have to wait for the key. */
  find(token: string): Caller | Promise<Caller> {
    const { key } = this.#parts
    if (key.publicKey) return this.#callerOf(token, key.publicKey)
    return key.pair().then(({ publicKey }) => this.#callerOf(token, publicKey))
  }

  #callerOf(token: string, publicKey: KeyObject): Caller {
    const { clock, clients } = this.#parts
    const claims = this.#claimsOf(token, publicKey)
    if (!claims) return 'altered'
    const nowSeconds = clock() / 1000
    if (claims.exp <= nowSeconds) return 'expired'
    if (claims.nbf > nowSeconds) return 'not-yet-valid'
    if (this.#revocations.has(claims.jti)) return 'revoked'
    const client = clients.find(claims.client_id)
    if (!client) return 'client-gone'
    const { managingEntities } = client
    return {
      userIdentifier: claims.sub,
      scopes: new Set(scopesIn(claims.scope)),
      ...(managingEntities && { managingEntities }),
    }
  }

  /** Revokes a token of a client; all others are left alone (RFC 7009 §2.1). */
  async revoke(token: string, { id }: Client): Promise<void> {
    if (!this.isIssued(token)) return
    const { publicKey } = await this.#parts.key.pair()
    const claims = this.#claimsOf(token, publicKey)
    if (claims?.client_id === id) this.#revocations.add(claims)
  }

  /** What was revoked is valid again. */
  forgetRevocations(): void {
    this.#revocations.clear()
  }

  #claimsOf(token: string, publicKey: KeyObject): AccessTokenClaims | null {
    return this.#claims.of(token, () => verifiedClaims(token, publicKey) ?? null)
  }
}
