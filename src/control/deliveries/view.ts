import { instantOf } from '../../base/clock.ts'
import { maskedBody, maskedHeaders } from '../../base/masking/request.ts'
import { maskedText } from '../../base/masking/text.ts'
import type { Attempt, DeliveryRecord } from './delivery.ts'
import type { Delivery, DeliveryAttempt } from './types.ts'
import { verdictOf } from './verdict.ts'

/** Number of bytes of an event's body that are shown, as many as of an answer's. */
const maxShownBytes = 16 * 1024

type Fields = Readonly<Record<string, string | readonly string[]>>

/** Shows a delivery, with secrets masked. */
export function deliveryView(record: DeliveryRecord): Delivery {
  const { event, destination, attempts, firstCopy } = record
  const isSent = destination instanceof URL
  const headers = shownFields(event.headers)
  return {
    id: record.id,
    eventId: event.id,
    type: event.type,
    managingEntityIdentifier: record.managingEntityIdentifier,
    webhookId: record.webhookId,
    copy: record.copy,
    url: isSent ? maskedText(destination.href) : null,
    registeredUrl: maskedText(record.registeredUrl),
    state: record.state,
    reason: isSent ? null : destination.reason,
    detail: isSent ? record.cancellation : destination.hint,
    headers,
    body: shownBody(event.body.subarray(0, maxShownBytes), headers),
    bodyBytes: event.body.length,
    attempts: attempts.map(attemptView),
    verdict: verdictOf(attempts, firstCopy?.attempts),
  }
}

function attemptView(attempt: Attempt, index: number): DeliveryAttempt {
  const { timeMs, durationMs, firstByteMs = null, status = null, body, error = null } = attempt
  const headers = attempt.headers === undefined ? null : shownFields(attempt.headers)
  return {
    number: index + 1,
    time: instantOf(timeMs),
    durationMs,
    firstByteMs,
    status,
    headers,
    body: body === undefined ? null : shownBody(body, headers),
    bodyTruncated: attempt.bodyTruncated ?? false,
    error,
  }
}

/** Header fields by lower-case name, with secrets masked. */
const shownFields = (fields: Fields): Record<string, string | string[]> =>
  maskedHeaders(
    Object.entries(fields).flatMap(([name, values]) =>
      [values].flat().flatMap((value) => [name, value]),
    ),
  )

const shownBody = (body: Buffer, headers: Record<string, string | string[]> | null): string =>
  maskedBody(body.toString(), '', headers?.['content-type'])
