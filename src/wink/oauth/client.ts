import type { ClientData } from '../data-schema.ts'
import type { Scope } from '../auth/scopes.ts'
import { entityKey } from '../webhooks/entity.ts'
import { allScopes } from '../auth/scopes.ts'
import { userOfName } from '../auth/users.ts'

/** Who asks for tokens, and what its tokens may do. */
export interface Client {
  readonly id: string
  /** UUID of the user that its tokens speak for. */
  readonly userIdentifier: string
  /** In the order in which they are granted. */
  readonly scopes: readonly Scope[]
  /** Lower-case identifiers of the managing entities it may manage; all of them where this is absent. */
  readonly managingEntities?: ReadonlySet<string>
  /** How long its tokens live, in seconds; as all others where this is absent. */
  readonly tokenLifetimeSeconds?: number
}

/** A client; what is left out of `data` is not restricted (CONTRACT §5). */
export function clientOf({
  id,
  userIdentifier = userOfName(id),
  scopes = [...allScopes],
  managingEntities,
  tokenLifetimeSeconds,
}: Omit<ClientData, 'secret'>): Client {
  return {
    id,
    userIdentifier,
    scopes: [...new Set(scopes)],
    ...(managingEntities && { managingEntities: new Set(managingEntities.map(entityKey)) }),
    ...(tokenLifetimeSeconds !== undefined && { tokenLifetimeSeconds }),
  }
}
