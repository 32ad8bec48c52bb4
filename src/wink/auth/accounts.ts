import type { Clock } from '../../base/clock.ts'
import { entityKey } from '../managing-entity.ts'
import { webhookScopes, type Scope } from './scopes.ts'
import { userOfToken } from './users.ts'
import type { ClientData, ManagingEntityData, SandboxData, TokenData } from '../data-schema.ts'
import type { ClientStore } from '../oauth/clients.ts'
import type { IssuedTokens } from '../oauth/issued-tokens.ts'
import { Recent } from '../../base/memo.ts'

/** The user and the rights of a token. */
export interface Account {
  /** UUID of the user (CONTRACT §3, `userIdentifier`). */
  readonly userIdentifier: string
  readonly scopes: ReadonlySet<Scope>
  /** Lower-case identifiers of the managing entities that the token may manage; absent: all. */
  readonly managingEntities?: ReadonlySet<string>
}

/** Why a token is refused, each with the sentence of the 401 (CONTRACT §4). */
export const tokenErrors = {
  unknown: 'The token is unknown: it is neither configured (tokens of --data) nor issued here.',
  altered: 'The token is not as it was issued: its signature does not match.',
  expired: 'The token has expired.',
  'not-yet-valid': 'The token is not valid yet.',
  revoked: 'The token was revoked.',
  'client-gone': 'The client of the token is unknown.',
} as const

/** A key of {@link tokenErrors}. */
export type TokenError = keyof typeof tokenErrors

/** The account of a token, or why the token is refused. */
export type AuthResult = Account | TokenError

const defaultScopes: ReadonlySet<Scope> = new Set(webhookScopes)

interface AcceptedToken {
  readonly data: TokenData
  readonly account: Account
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly expiresAt: number
}

/** The data of a sandbox without its webhooks. */
export type AccountData = Pick<SandboxData, 'managingEntities' | 'tokens' | 'clients'>

/** Tokens, clients and managing entities. Until a list is configured, it accepts any (CONTRACT §5). */
export class AccountStore {
  readonly #clock: Clock
  readonly #clients: ClientStore
  readonly #issued: IssuedTokens
  readonly #accounts = new Recent<Account>()
  #tokens: Map<string, AcceptedToken> | undefined
  #managingEntities: Map<string, ManagingEntityData> | undefined
  #revision = 0

  constructor(clock: Clock, clients: ClientStore, issued: IssuedTokens) {
    this.#clock = clock
    this.#clients = clients
    this.#issued = issued
  }

  /** A number that grows with each change. */
  get revision(): number {
    return this.#revision
  }

  /** Replaces everything by `data`, and forgets revocations. */
  replace({ tokens, managingEntities, clients }: AccountData): void {
    this.#tokens = tokens && new Map(tokens.map((data) => [data.token, accept(data)]))
    this.#managingEntities =
      managingEntities &&
      new Map(managingEntities.map((data) => [entityKey(data.identifier), data]))
    this.#clients.replace(clients)
    this.#issued.forgetRevocations()
    this.#revision += 1
  }

  export(): AccountData {
    const clients = this.#clients.export()
    return {
      ...(this.#managingEntities && { managingEntities: [...this.#managingEntities.values()] }),
      ...(this.#tokens && { tokens: [...this.#tokens.values()].map(({ data }) => data) }),
      ...(clients && { clients }),
    }
  }

  /** Adds an entity, and a token and a client that manage only this entity. Skips lists that accept any. */
  admit(entity: ManagingEntityData, token: string, { id, secret }: ClientData): void {
    this.#managingEntities?.set(entityKey(entity.identifier), entity)
    this.#tokens?.set(token, accept({ token, managingEntities: [entity.identifier] }))
    this.#clients.admit({ id, secret, managingEntities: [entity.identifier] })
    this.#revision += 1
  }

  /** Looks a token up. */
  find(token: string): AuthResult {
    if (this.#issued.isIssued(token)) return this.#issued.find(token)
    if (!this.#tokens) return this.#accounts.of(token, anyone)
    const accepted = this.#tokens.get(token)
    if (!accepted) return 'unknown'
    return accepted.expiresAt > this.#clock() ? accepted.account : 'expired'
  }

  /** Whether a managing entity is configured. False until a list is configured. */
  isConfigured(identifier: string): boolean {
    return this.#managingEntities?.has(entityKey(identifier)) ?? false
  }

  /** Whether a managing entity exists. True until a list is configured. */
  hasManagingEntity(identifier: string): boolean {
    return this.#managingEntities?.has(entityKey(identifier)) ?? true
  }
}

const anyone = (token: string): Account => ({
  userIdentifier: userOfToken(token),
  scopes: defaultScopes,
})

function accept(data: TokenData): AcceptedToken {
  const { token, userIdentifier, scopes, managingEntities, expiresAt } = data
  return {
    data,
    expiresAt: expiresAt === undefined ? Infinity : Date.parse(expiresAt),
    account: {
      userIdentifier: userIdentifier ?? userOfToken(token),
      scopes: scopes ? new Set(scopes) : defaultScopes,
      ...(managingEntities && { managingEntities: new Set(managingEntities.map(entityKey)) }),
    },
  }
}
