import type { JournaledRequest } from './schema.ts'
import { instantOf } from '../../base/clock.ts'
import { diagnosisOf } from './diagnosis.ts'
import type { Exchange } from './exchange.ts'
import type { Fault } from '../faults/fault.ts'
import { maskedBody, maskedHeaders } from '../../base/masking/request.ts'
import { maskedText } from '../../base/masking/text.ts'

/** An exchange as it is shown: readable, without secrets, diagnosed. */
export function journaledRequest(exchange: Exchange): JournaledRequest {
  const { body, path, managingEntityIdentifier: entity } = exchange
  const headers = maskedHeaders(exchange.rawHeaders)
  const sent = body?.text ?? null
  const text = sent && maskedBody(sent, String(path), headers['content-type'])
  return {
    id: exchange.id,
    time: instantOf(exchange.timeMs),
    method: exchange.method,
    path: path && maskedText(path),
    operation: exchange.operation,
    managingEntityIdentifier: entity && maskedText(entity),
    headers,
    body: text,
    bodyBytes: body?.length ?? 0,
    status: exchange.status,
    durationMs: Math.round(exchange.durationMs * 1000) / 1000,
    faults: exchange.faults.map(faultView),
    createdWebhookId: exchange.createdWebhookId,
    // Its hints quote what they are about.
    diagnosis: diagnosisOf(exchange, headers, body?.isWhole ? text : null),
  }
}

const faultView = ({ source, id, effect, when }: Fault): JournaledRequest['faults'][number] => ({
  source,
  ...(id !== undefined && { id }),
  effect,
  when,
})
