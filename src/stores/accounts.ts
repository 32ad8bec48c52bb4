import { userOfToken, type Account } from '../domain/bearer.ts'
import type { Clock } from '../domain/clock.ts'
import { entityKey } from '../domain/entity.ts'
import type { ManagingEntityData, SandboxData, Scope, TokenData } from '../schemas/data.ts'

const allScopes: ReadonlySet<Scope> = new Set(['account.read', 'account.write', 'account.remove'])

interface AcceptedToken {
  readonly data: TokenData
  readonly account: Account
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly expiresAt: number
}

/** Who there is: the part of a sandbox's data that is not webhooks. */
export type AccountData = Pick<SandboxData, 'managingEntities' | 'tokens'>

/** Tokens and managing entities. What is not configured is not restricted (CONTRACT §5). */
export class AccountStore {
  readonly #clock: Clock
  #tokens: Map<string, AcceptedToken> | undefined
  #managingEntities: Map<string, ManagingEntityData> | undefined

  constructor(data: AccountData, clock: Clock) {
    this.#clock = clock
    this.replace(data)
  }

  /** Forgets all that there is in favour of `data`. */
  replace({ tokens, managingEntities }: AccountData): void {
    this.#tokens = tokens && new Map(tokens.map((data) => [data.token, accept(data)]))
    this.#managingEntities =
      managingEntities &&
      new Map(managingEntities.map((data) => [entityKey(data.identifier), data]))
  }

  /** All that there is. */
  export(): AccountData {
    return {
      ...(this.#managingEntities && { managingEntities: [...this.#managingEntities.values()] }),
      ...(this.#tokens && { tokens: [...this.#tokens.values()].map(({ data }) => data) }),
    }
  }

  /** Lets a token manage an entity, and it alone; where nothing is restricted, it may already. */
  admit(entity: ManagingEntityData, token: string): void {
    this.#managingEntities?.set(entityKey(entity.identifier), entity)
    this.#tokens?.set(token, accept({ token, managingEntities: [entity.identifier] }))
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

function accept(data: TokenData): AcceptedToken {
  const { token, userIdentifier, scopes, managingEntities, expiresAt } = data
  return {
    data,
    expiresAt: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
    account: {
      userIdentifier: userIdentifier ?? userOfToken(token),
      scopes: scopes ? new Set(scopes) : allScopes,
      ...(managingEntities && { managingEntities: new Set(managingEntities.map(entityKey)) }),
    },
  }
}
