import type { JournaledRequest } from './schema.ts'
import { instantOf } from '../../base/clock.ts'
import { diagnosisOf } from './diagnosis.ts'
import type { Entry } from './entry.ts'
import type { Fault } from '../faults/fault.ts'
import { maskedBody, maskedHeaders } from '../../base/masking/request.ts'
import { maskedText } from '../../base/masking/text.ts'

/** Shows an entry: decoded, with secrets masked, and diagnosed. */
export function journaledRequest(entry: Entry): JournaledRequest {
  const { body, path, managingEntityIdentifier: entity } = entry
  const headers = maskedHeaders(entry.rawHeaders)
  const sent = body?.text ?? null
  const text = sent && maskedBody(sent, String(path), headers['content-type'])
  return {
    id: entry.id,
    time: instantOf(entry.timeMs),
    method: entry.method,
    path: path && maskedText(path),
    operation: entry.operation,
    managingEntityIdentifier: entity && maskedText(entity),
    headers,
    body: text,
    bodyBytes: body?.length ?? 0,
    status: entry.status,
    durationMs: Math.round(entry.durationMs * 1000) / 1000,
    faults: entry.faults.map(faultView),
    createdWebhookId: entry.createdWebhookId,
    // Hints quote headers and body, so they get the masked ones.
    diagnosis: diagnosisOf(entry, headers, body?.isWhole ? text : null),
  }
}

const faultView = ({ source, id, effect, when }: Fault): JournaledRequest['faults'][number] => ({
  source,
  ...(id !== undefined && { id }),
  effect,
  when,
})
