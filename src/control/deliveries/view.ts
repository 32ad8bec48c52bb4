import { instantOf } from '../../base/clock.ts'
import { maskedBody, maskedHeaders } from '../../base/masking/request.ts'
import { maskedText } from '../../base/masking/text.ts'
import { sandboxHeaders, type Attempt, type DeliveryRecord, type EventContent } from './delivery.ts'
import type { Delivery, DeliveryAttempt } from './types.ts'
import { verdictOf } from './verdict.ts'

/** Number of bytes of an event's body that are shown, as many as of an answer's. */
const maxShownBytes = 16 * 1024

type ShownFields = Record<string, string | string[]>

/** Shows a delivery, with secrets masked. */
export const deliveryView = (record: DeliveryRecord): Delivery => viewer()(record)

/** Makes a function that shows deliveries, with secrets masked. Those of an event in a row share the text of its body. */
export function viewer(): (record: DeliveryRecord) => Delivery {
  let content: EventContent | undefined
  let shown: Pick<Delivery, 'headers' | 'body'>
  return (record) => {
    if (record.content !== content) {
      content = record.content
      shown = contentView(content)
    }
    return viewOf(record, shown)
  }
}

function contentView({ headers: fields, body }: EventContent): Pick<Delivery, 'headers' | 'body'> {
  const headers = maskedHeaders(Object.entries(fields).flat())
  return { headers, body: shownBody(body.subarray(0, maxShownBytes), headers) }
}

function viewOf(record: DeliveryRecord, content: Pick<Delivery, 'headers' | 'body'>): Delivery {
  const { id, event, destination, attempts, copy, firstAnswer } = record
  const isSent = typeof destination === 'string'
  return {
    id,
    eventId: event.id,
    type: event.type,
    managingEntityIdentifier: record.managingEntityIdentifier,
    webhookId: record.webhookId,
    copy,
    url: isSent ? maskedText(destination) : null,
    registeredUrl: maskedText(record.registeredUrl),
    state: record.state,
    reason: isSent ? null : destination.reason,
    detail: detailOf(record),
    ...content,
    bodyBytes: event.bodyBytes,
    attempts: attempts.map((attempt, index) => attemptView(attempt, index + 1, record)),
    verdict: verdictOf(attempts, copy > 1 ? firstAnswer.status : undefined),
  }
}

const notKept = 'The sandbox no longer keeps it: its bodies and header fields are gone.'

const detailOf = ({ destination, cancellation, isKept }: DeliveryRecord): string | null =>
  typeof destination === 'string' ? (cancellation ?? (isKept ? null : notKept)) : destination.hint

function attemptView(attempt: Attempt, number: number, { id }: DeliveryRecord): DeliveryAttempt {
  const { timeMs, durationMs, firstByteMs = null, status = null, body, error = null } = attempt
  const headers = attempt.headers === undefined ? null : maskedHeaders(attempt.headers)
  const sent = { ...sandboxHeaders(id, number), ...attempt.signature }
  return {
    number,
    time: instantOf(timeMs),
    durationMs,
    sent: maskedHeaders(Object.entries(sent).flat()),
    firstByteMs,
    status,
    headers,
    headersTruncated: attempt.headersTruncated ?? false,
    body: body === undefined ? null : shownBody(body, headers),
    bodyTruncated: attempt.bodyTruncated ?? false,
    error,
  }
}

const shownBody = (body: Buffer, headers: ShownFields | null): string =>
  maskedBody(body.toString(), '', headers?.['content-type'])
