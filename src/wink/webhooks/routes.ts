import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireMayManage } from '../auth/bearer.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { jsonBody } from './json-body.ts'
import { requestHeaders } from './request-headers.ts'
import { webhook } from './item.ts'
import { webhooks, type WebhookRoutesOptions } from './collection.ts'
import type { AccountStore } from '../auth/accounts.ts'

/** What the routes of a managing entity work on. */
export interface ManagingEntityOptions extends WebhookRoutesOptions {
  readonly accounts: AccountStore
}

interface EntityRoute {
  Params: { managingEntityIdentifier: string }
}

/**
 * Everything of one managing entity: which header fields its requests need, and that the entity exists
 * and may be managed by the caller (CONTRACT §1 steps 5, 6 and 8).
 */
export const managingEntity: FastifyPluginCallbackTypebox<ManagingEntityOptions> = (
  app,
  { accounts, store, sources, switches },
  done,
) => {
  app.register(requestHeaders, { winkVersion: switches.winkVersion })
  app.register(jsonBody) // step 7
  app.addHook<EntityRoute>('preHandler', (request, _reply, next) => {
    const { managingEntityIdentifier } = request.params
    if (!accounts.hasManagingEntity(managingEntityIdentifier)) {
      throw new ApiError(
        'not-found',
        'There is no such managing entity; use one that is configured (managingEntities of --data), or make one: POST /__admin/tenants.',
        { rule: 'managing-entity-exists' },
      )
    }
    requireMayManage(request.context.account, managingEntityIdentifier)
    next()
  })
  app.register(webhooks, { store, sources, switches })
  app.register(webhook, { store, sources, switches })
  done()
}
