import { userOfToken, type Account } from '../domain/bearer.ts'
import type { Clock } from '../domain/clock.ts'
import { entityKey } from '../domain/entity.ts'
import type { SandboxData, Scope, TokenData } from '../schemas/data.ts'

const allScopes: ReadonlySet<Scope> = new Set(['account.read', 'account.write', 'account.remove'])

interface AcceptedToken {
  readonly account: Account
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly expiresAt: number
}

/** Tokens and managing entities. What is not configured is not restricted (CONTRACT §5). */
export class AccountStore {
  readonly #tokens: ReadonlyMap<string, AcceptedToken> | undefined
  readonly #managingEntities: ReadonlySet<string> | undefined
  readonly #clock: Clock

  constructor({ tokens, managingEntities }: SandboxData, clock: Clock) {
    this.#tokens = tokens && new Map(tokens.map((data) => [data.token, accept(data)]))
    this.#managingEntities =
      managingEntities && new Set(managingEntities.map(({ identifier }) => entityKey(identifier)))
    this.#clock = clock
  }

  /** The account that a token speaks for, or why it speaks for none. */
  find(token: string): Account | 'unknown' | 'expired' {
    if (!this.#tokens) return { userIdentifier: userOfToken(token), scopes: allScopes }
    const accepted = this.#tokens.get(token)
    if (!accepted) return 'unknown'
    return accepted.expiresAt > this.#clock() ? accepted.account : 'expired'
  }

  /** Whether there is such a managing entity. */
  hasManagingEntity(identifier: string): boolean {
    return this.#managingEntities?.has(entityKey(identifier)) ?? true
  }
}

function accept({ token, userIdentifier, scopes, managingEntities, expiresAt }: TokenData) {
  return {
    expiresAt: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
    account: {
      userIdentifier: userIdentifier ?? userOfToken(token),
      scopes: scopes ? new Set(scopes) : allScopes,
      ...(managingEntities && { managingEntities: new Set(managingEntities.map(entityKey)) }),
    },
  } satisfies AcceptedToken
}
