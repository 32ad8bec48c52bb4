import type { Webhook } from '../../wink/webhooks/types.ts'
import type { EntityFilter } from '../types.ts'
import type { Views } from '../views.ts'

/** Lists stored webhooks. */
export interface WebhookControl {
  /** Lists the webhooks of one managing entity, or of all. */
  list(filter?: EntityFilter): Webhook[]
}

export const buildWebhookControl = (views: Views): WebhookControl => ({
  list: (filter) => views.webhooks(filter).toJSON(),
})
