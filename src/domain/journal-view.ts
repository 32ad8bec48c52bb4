import type { JournaledRequest } from '../schemas/journal.ts'
import { instantOf } from './clock.ts'
import { diagnosisOf } from './diagnosis.ts'
import type { Exchange } from './exchange.ts'
import type { Fault } from './faults.ts'
import { isForm, masked, maskedForm, maskedHeaders, maskedText } from './masking.ts'
import { isTokenPath } from './request-target.ts'

/** An exchange as it is shown: readable, without secrets, diagnosed. */
export function journaledRequest(exchange: Exchange): JournaledRequest {
  const { body, path } = exchange
  const headers = maskedHeaders(exchange.rawHeaders)
  const text = body?.text ?? null
  return {
    id: exchange.id,
    time: instantOf(exchange.timeMs),
    method: exchange.method,
    path: path && maskedText(path),
    operation: exchange.operation,
    managingEntityIdentifier: exchange.managingEntityIdentifier,
    headers,
    body: text && bodyView(text, String(path), headers['content-type']),
    bodyBytes: body?.length ?? 0,
    status: exchange.status,
    durationMs: Math.round(exchange.durationMs * 1000) / 1000,
    faults: exchange.faults.map(faultView),
    createdWebhookId: exchange.createdWebhookId,
    diagnosis: diagnosisOf(exchange, headers, body?.isWhole ? text : null),
  }
}

/** A form may hold the secret of a client, wherever it was sent; so may whatever was sent for a token. */
function bodyView(text: string, path: string, contentType: string | string[] | undefined): string {
  if (isForm(contentType)) return maskedForm(text)
  return isTokenPath(path) ? masked : text
}

const faultView = ({ source, id, effect, when }: Fault): JournaledRequest['faults'][number] => ({
  source,
  ...(id !== undefined && { id }),
  effect,
  when,
})
