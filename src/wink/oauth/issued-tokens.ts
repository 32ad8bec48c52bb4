import { isIssued, newClaims, TokenSigner } from './access-token.ts'
import type { AuthResult } from '../auth/accounts.ts'
import type { Clock } from '../../base/clock.ts'
import { scopesIn, type Scope } from '../auth/scopes.ts'
import type { IdSource } from '../../base/ids.ts'
import type { AccessTokenClaims, TokenResponse } from './schema.ts'
import type { Client, ClientStore } from './clients.ts'
import { Recent } from '../../base/memo.ts'

/** Dependencies of {@link IssuedTokens}. */
export interface IssuedTokensParts {
  readonly clients: ClientStore
  readonly clock: Clock
  readonly ids: IdSource
  /** Default lifetime of a token, in seconds; a client may have its own. */
  readonly lifetimeSeconds: number
}

/** Issues access tokens, which are JWTs, and verifies and revokes them (CONTRACT §5). */
export class IssuedTokens {
  readonly #parts: IssuedTokensParts
  readonly #revocations: Revocations
  #signer: TokenSigner | undefined
  readonly #areIssued = new Recent<boolean>()
  readonly #claims = new Recent<AccessTokenClaims | null>()

  constructor(parts: IssuedTokensParts) {
    this.#parts = parts
    this.#revocations = new Revocations(parts.clock)
  }

  /** Issues a token: the answer of the token endpoint. */
  issue(client: Client, scopes: readonly Scope[], issuer: string): TokenResponse {
    const { clock, ids } = this.#parts
    const { tokenLifetimeSeconds: lifetimeSeconds = this.#parts.lifetimeSeconds } = client
    const origin = { issuer, id: ids(), nowMs: clock(), lifetimeSeconds }
    const claims = newClaims(client, scopes, origin)
    return {
      access_token: this.#keys.sign(claims),
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      scope: claims.scope,
    }
  }

  /** Whether a token claims to be issued by a sandbox. */
  isIssued(token: string): boolean {
    return this.#areIssued.of(token, isIssued)
  }

  /** Verifies an issued token. */
  find(token: string): AuthResult {
    const { clock, clients } = this.#parts
    const claims = this.#claimsOf(token)
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

  /** Revokes a token of this client; ignores any other token (RFC 7009 §2.1). */
  revoke(token: string, { id }: Client): void {
    if (!this.isIssued(token)) return
    const claims = this.#claimsOf(token)
    if (claims?.client_id === id) this.#revocations.add(claims)
  }

  /** Makes revoked tokens valid again. */
  forgetRevocations(): void {
    this.#revocations.clear()
  }

  #claimsOf(token: string): AccessTokenClaims | null {
    return this.#claims.of(token, () => this.#keys.verify(token) ?? null)
  }

  /** Built on first use, because importing the key is slow and most sandboxes never need it. */
  get #keys(): TokenSigner {
    return (this.#signer ??= new TokenSigner())
  }
}

/** The revoked tokens (RFC 7009): at most `capacity` of them. */
export class Revocations {
  readonly #clock: Clock
  readonly #capacity: number
  readonly #expiries = new Map<string, number>()

  constructor(clock: Clock, capacity = 10_000) {
    this.#clock = clock
    this.#capacity = capacity
  }

  has(jti: string): boolean {
    return this.#expiries.has(jti)
  }

  /** Adds a token. A full list drops its expired tokens, or else its oldest. */
  add({ jti, exp }: Pick<AccessTokenClaims, 'jti' | 'exp'>): void {
    if (this.#expiries.size >= this.#capacity) this.#makeRoom()
    this.#expiries.set(jti, exp)
  }

  clear(): void {
    this.#expiries.clear()
  }

  #makeRoom(): void {
    const nowSeconds = this.#clock() / 1000
    const [oldest] = this.#expiries.keys()
    for (const [jti, exp] of this.#expiries) {
      if (exp <= nowSeconds) this.#expiries.delete(jti)
    }
    if (oldest !== undefined && this.#expiries.size >= this.#capacity) this.#expiries.delete(oldest)
  }
}
