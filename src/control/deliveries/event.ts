import { timestampOf, type RecordSources } from '../../wink/webhooks/webhook.ts'
import type { Switches } from '../../wink/switches/types.ts'
import { version } from '../../version.ts'
import type { OutgoingEvent } from './delivery.ts'
import type { DeliverySettings } from './settings.ts'
import type { GivenTrigger } from './trigger.ts'

/** The event of a trigger (CONTRACT §7). */
export function eventOf(
  trigger: GivenTrigger,
  { instants, ids }: RecordSources,
  timestamps: Switches['timestamps'],
  { retryDelaysMs }: Pick<DeliverySettings, 'retryDelaysMs'>,
): OutgoingEvent {
  const { type, raw, contentType = 'application/json', object = {}, id = ids() } = trigger
  const instant = timestampOf(instants(), timestamps)
  const envelope = { id, createdDate: instant, lastUpdate: instant, type, object }
  return {
    id,
    type,
    headers: {
      ...trigger.headers,
      'Content-Type': contentType,
      'User-Agent': `wink-webhook-mock/${version}`,
    },
    body: Buffer.from(raw ?? JSON.stringify(envelope)),
    retryDelaysMs: trigger.retryDelaysMs ?? retryDelaysMs,
    secret: trigger.sign?.secret,
  }
}
