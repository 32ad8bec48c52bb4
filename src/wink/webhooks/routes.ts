import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { AccountStore } from '../auth/accounts.ts'
import type { Switches } from '../switches/switches.ts'
import { collectionRoutes } from './collection.ts'
import { itemRoutes } from './item.ts'
import type { WebhookStore } from './store.ts'
import type { RecordSources } from './webhook.ts'

/** Options of the webhook routes. */
export interface WebhookRoutesOptions {
  readonly accounts: AccountStore
  readonly store: WebhookStore
  readonly sources: RecordSources
  readonly switches: Switches
}

/** The webhook resource of a managing entity (CONTRACT §1 steps 4 to 10, §6). */
export const winkWebhookRoutes: FastifyPluginCallbackTypebox<WebhookRoutesOptions> = (
  app,
  { accounts, store, sources, switches },
  done,
) => {
  app.register(collectionRoutes, { accounts, store, sources, switches })
  app.register(itemRoutes, { accounts, store, sources, switches })
  done()
}
