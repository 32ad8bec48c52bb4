import type { ClientData } from '../data-schema.ts'
import type { Scope } from '../auth/scopes.ts'
import { userOfName } from '../auth/users.ts'
import { entityKey } from '../managing-entity.ts'
import type { Credentials } from './client-authentication.ts'

/** A client of the token endpoint, with the rights that its tokens get. */
export interface Client {
  readonly id: string
  /** UUID of the user of its tokens. */
  readonly userIdentifier: string
  /** The scopes that its tokens may have, in the order in which a token lists them; absent: all. */
  readonly scopes?: readonly Scope[]
  /** Lower-case identifiers of the managing entities that its tokens may manage; absent: all. */
  readonly managingEntities?: ReadonlySet<string>
  /** Lifetime of its tokens, in seconds; absent: the sandbox's default. */
  readonly tokenLifetimeSeconds?: number
}

/** A client from its data; an absent field does not restrict it (CONTRACT §5). */
function clientOf({
  id,
  userIdentifier = userOfName(id),
  scopes,
  managingEntities,
  tokenLifetimeSeconds,
}: Omit<ClientData, 'secret'>): Client {
  return {
    id,
    userIdentifier,
    ...(scopes && { scopes: [...new Set(scopes)] }),
    ...(managingEntities && { managingEntities: new Set(managingEntities.map(entityKey)) }),
    ...(tokenLifetimeSeconds !== undefined && { tokenLifetimeSeconds }),
  }
}

interface KnownClient {
  readonly data: ClientData
  readonly client: Client
}

const known = (data: ClientData): KnownClient => ({ data, client: clientOf(data) })

/** The clients that may request tokens. Until clients are configured, any id and secret will do (CONTRACT §5). */
export class ClientStore {
  #clients: Map<string, KnownClient> | undefined

  /** Replaces all clients. */
  replace(clients: readonly ClientData[] | undefined): void {
    this.#clients = clients && new Map(clients.map((data) => [data.id, known(data)]))
  }

  /** The configured clients; undefined if any client is accepted. */
  export(): ClientData[] | undefined {
    return this.#clients && [...this.#clients.values()].map(({ data }) => data)
  }

  /** Adds a client to the configured ones; does nothing if any client is accepted. */
  admit(data: ClientData): void {
    this.#clients?.set(data.id, known(data))
  }

  /** The client with this id and secret. */
  authenticate({ id, secret }: Credentials): Client | undefined {
    if (!this.#clients) return clientOf({ id })
    const found = this.#clients.get(id)
    return found?.data.secret === secret ? found.client : undefined
  }

  /** The client with this id. */
  find(id: string): Client | undefined {
    return this.#clients ? this.#clients.get(id)?.client : clientOf({ id })
  }
}
