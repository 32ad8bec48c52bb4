import { clientOf, type Client } from './client.ts'
import type { Credentials } from './client-authentication.ts'
import type { ClientData } from '../data-schema.ts'

interface KnownClient {
  readonly data: ClientData
  readonly client: Client
}

/** Who may ask for tokens: any client with any secret, unless clients are configured (CONTRACT §5). */
export class ClientStore {
  #clients: Map<string, KnownClient> | undefined

  /** Forgets all clients in favour of others. */
  replace(clients: readonly ClientData[] | undefined): void {
    this.#clients = clients && new Map(clients.map((data) => [data.id, known(data)]))
  }

  /** The configured clients; undefined where none are, and any is accepted. */
  export(): ClientData[] | undefined {
    return this.#clients && [...this.#clients.values()].map(({ data }) => data)
  }

  /** One more client; where any is accepted, it is already. */
  admit(data: ClientData): void {
    this.#clients?.set(data.id, known(data))
  }

  /** The client that has this id and this secret. */
  authenticate({ id, secret }: Credentials): Client | undefined {
    if (!this.#clients) return clientOf({ id })
    const found = this.#clients.get(id)
    return found?.data.secret === secret ? found.client : undefined
  }

  /** The client that has this id. */
  find(id: string): Client | undefined {
    return this.#clients ? this.#clients.get(id)?.client : clientOf({ id })
  }
}

const known = (data: ClientData): KnownClient => ({ data, client: clientOf(data) })
