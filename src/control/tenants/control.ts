import type { IdSource } from '../../base/ids.ts'
import { addressesOf, type OwnAddress } from '../../base/own-address.ts'
import { requireShape } from '../../base/problems/validate.ts'
import type { SandboxState } from '../../wink/state.ts'
import { TenantInput as TenantInputSchema } from './schema.ts'
import type { Tenant, TenantInput } from './types.ts'

/** Creates tenants. */
export interface TenantControl {
  /** Creates a managing entity that no other test uses, a token for it, and a client that can request more. */
  create(input?: TenantInput): Tenant
}

/** @param ids - source of identifiers, tokens and secrets */
export const buildTenantControl = (
  state: SandboxState,
  ids: IdSource,
  ownAddress: OwnAddress,
): TenantControl => ({
  create: (input = {}) => {
    const identifier = state.unusedEntity(ids)
    const { name = `Tenant ${identifier.slice(0, 8)}` } = requireShape(
      TenantInputSchema,
      input,
      'The tenant',
    )
    const token = `tenant-${ids()}`
    const [clientId, clientSecret] = [`client-${ids()}`, `secret-${ids()}`]
    state.admit({ identifier, name }, token, { id: clientId, secret: clientSecret })
    return {
      managingEntityIdentifier: identifier,
      name,
      token,
      clientId,
      clientSecret,
      ...addressesOf(ownAddress.baseUrl),
    }
  },
})
