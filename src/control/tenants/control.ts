import type { IdSource } from '../../base/ids.ts'
import { addressesOf, type OwnAddress } from '../../base/own-address.ts'
import { requireShape } from '../../base/problems/validate.ts'
import { entityKey } from '../../wink/managing-entity.ts'
import type { SandboxState } from '../../wink/state.ts'
import { TenantInput as TenantInputSchema } from './schema.ts'
import type { Tenant, TenantInput } from './types.ts'

/** Creates tenants. */
export interface TenantControl {
  /** Creates a managing entity that no other test uses, a token for it, and a client that can request more. */
  create(input?: TenantInput): Tenant
}

/** Dependencies of a {@link TenantControl}. */
export interface TenantParts {
  readonly state: SandboxState
  /** Source of identifiers, tokens and secrets. */
  readonly tenantIds: IdSource
  readonly ownAddress: OwnAddress
  /** Receivers of the events of tenants, by managing entity. */
  readonly receivers: Map<string, string>
}

export const buildTenantControl = ({
  state,
  tenantIds: ids,
  ownAddress,
  receivers,
}: TenantParts): TenantControl => ({
  create: (input = {}) => {
    const identifier = state.unusedEntity(ids)
    const { name = `Tenant ${identifier.slice(0, 8)}`, deliverTo } = requireShape(
      TenantInputSchema,
      input,
      'The tenant',
    )
    const token = `tenant-${ids()}`
    const [clientId, clientSecret] = [`client-${ids()}`, `secret-${ids()}`]
    state.admit({ identifier, name }, token, { id: clientId, secret: clientSecret })
    if (deliverTo !== undefined) receivers.set(entityKey(identifier), deliverTo)
    return {
      managingEntityIdentifier: identifier,
      name,
      token,
      clientId,
      clientSecret,
      ...addressesOf(ownAddress.baseUrl),
      ...(deliverTo !== undefined && { deliverTo }),
    }
  },
})
