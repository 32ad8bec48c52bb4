import { timestampOf, type RecordSources } from '../../wink/webhooks/webhook.ts'
import { refuseViolations } from '../../base/problems/validate.ts'
import type { Switches } from '../../wink/switches/types.ts'
import { version } from '../../version.ts'
import type { OutgoingEvent } from './delivery.ts'
import type { DeliverySettings } from './settings.ts'
import type { GivenTrigger } from './trigger.ts'

/** Longest body of an event, in bytes: as long as a body that the sandbox takes. */
export const maxBodyBytes = 1024 * 1024

/**
 * The event of a trigger (CONTRACT §7).
 *
 * @throws ApiError `bad-request` if its body would be too long
 */
export function eventOf(
  trigger: GivenTrigger,
  { instants, ids }: RecordSources,
  timestamps: Switches['timestamps'],
  { retryDelaysMs }: Pick<DeliverySettings, 'retryDelaysMs'>,
): OutgoingEvent {
  const { type, raw, contentType = 'application/json', object = {}, id = ids() } = trigger
  const instant = timestampOf(instants(), timestamps)
  const envelope = { id, createdDate: instant, lastUpdate: instant, type, object }
  const body = Buffer.from(raw ?? JSON.stringify(envelope))
  requireLength(body.length, raw === undefined ? '#/object' : '#/raw')
  const headers = {
    ...trigger.headers,
    'Content-Type': contentType,
    'User-Agent': `wink-webhook-mock/${version}`,
  }
  return {
    event: { id, type, bodyBytes: body.length },
    content: {
      headers,
      body,
      retryDelaysMs: trigger.retryDelaysMs ?? retryDelaysMs,
      secret: trigger.sign?.secret,
    },
  }
}

function requireLength(bytes: number, pointer: string): void {
  if (bytes <= maxBodyBytes) return
  const detail = `must be shorter: the body of the event would have ${bytes} bytes, and may have ${maxBodyBytes}`
  refuseViolations('The event', { total: 1, listed: [{ pointer, detail }] })
}
