import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { addressesOf, type OwnAddress } from '../../base/own-address.ts'
import { controlBodyDescriptions, controlProblems } from '../responses.ts'
import type { TenantControl } from './control.ts'
import { Tenant, TenantInput } from './schema.ts'

/** Creates tenants. */
export const tenantRoutes: FastifyPluginCallbackTypebox<{
  readonly tenants: TenantControl
  readonly ownAddress: OwnAddress
}> = (app, { tenants, ownAddress }, done) => {
  app.post(
    '/tenants',
    {
      schema: {
        operationId: 'create-tenant',
        summary: 'Create a tenant',
        description:
          'Makes a managing entity of its own for a test, with a token and a client for it.',
        tags: ['State'],
        body: TenantInput,
        response: {
          201: jsonResponse('The tenant.', Tenant),
          ...controlProblems(controlBodyDescriptions),
        },
      },
    },
    (request, reply) => {
      const tenant = tenants.create(request.body)
      // Behind a mapped port only the request knows the address that clients use.
      reply.code(201).sendJson({ ...tenant, ...addressesOf(ownAddress.baseUrlOf(request)) })
    },
  )
  done()
}
