import { isIssued, newClaims, TokenSigner } from './access-token.ts'
import type { AuthResult } from '../auth/accounts.ts'
import type { Client } from './client.ts'
import type { Clock } from '../../base/clock.ts'
import { scopesIn } from '../auth/scopes.ts'
import type { IdSource } from '../../base/ids.ts'
import type { Scope } from '../auth/scopes.ts'
import type { AccessTokenClaims, TokenResponse } from './schema.ts'
import type { ClientStore } from './clients.ts'
import { Recent } from '../../base/memo.ts'
import { Revocations } from './revocations.ts'

/** What issued tokens depend on. */
export interface IssuedTokensParts {
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
  #signer: TokenSigner | undefined
  readonly #areIssued = new Recent<boolean>()
  readonly #claims = new Recent<AccessTokenClaims | null>()

  constructor(parts: IssuedTokensParts) {
    this.#parts = parts
    this.#revocations = new Revocations(parts.clock)
  }

  /** A new token for a client, as the token endpoint answers it. */
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

  /** Whether a token says that a sandbox issued it. */
  isIssued(token: string): boolean {
    return this.#areIssued.of(token, isIssued)
  }

  /** The account that an issued token speaks for, or why it speaks for none. */
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

  /** Revokes a token of a client; all others are left alone (RFC 7009 §2.1). */
  revoke(token: string, { id }: Client): void {
    if (!this.isIssued(token)) return
    const claims = this.#claimsOf(token)
    if (claims?.client_id === id) this.#revocations.add(claims)
  }

  /** What was revoked is valid again. */
  forgetRevocations(): void {
    this.#revocations.clear()
  }

  #claimsOf(token: string): AccessTokenClaims | null {
    return this.#claims.of(token, () => this.#keys.verify(token) ?? null)
  }

  /** Reading the key takes a moment: most sandboxes never need it. */
  get #keys(): TokenSigner {
    return (this.#signer ??= new TokenSigner())
  }
}
