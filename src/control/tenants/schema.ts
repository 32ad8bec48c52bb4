import { Type } from '@sinclair/typebox'
import { exampleTenant } from '../examples.ts'
import { BearerToken, Name, Uuid } from '../../base/schema/formats.ts'
import { DeliverTo } from '../deliveries/settings.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as types from './types.ts'

/** Input for a new tenant. */
export const TenantInput = Type.Object(
  {
    name: Type.Optional(Name({ description: 'Name of the entity.' })),
    deliverTo: Type.Optional(DeliverTo),
  },
  { additionalProperties: false, title: 'TenantInput', examples: [{ name: 'Of one test' }] },
)
export type TenantInput = InterfaceOf<typeof TenantInput, types.TenantInput>

/** A managing entity for one test, a token for it, and a client that can request more tokens. */
export const Tenant = Type.Object(
  {
    managingEntityIdentifier: Uuid,
    name: Type.String(),
    token: BearerToken,
    clientId: Type.String(),
    clientSecret: Type.String(),
    baseUrl: Type.String({ format: 'uri', description: 'Where the API is, for a client.' }),
    tokenUrl: Type.String({ format: 'uri', description: 'Where the client gets tokens.' }),
    deliverTo: Type.Optional(DeliverTo),
  },
  { title: 'Tenant', examples: [exampleTenant] },
)
export type Tenant = InterfaceOf<typeof Tenant, types.Tenant>
