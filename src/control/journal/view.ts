import type { JournaledRequest, JournaledResponse } from './types.ts'
import { instantOf } from '../../base/clock.ts'
import { diagnosisOf } from './diagnosis.ts'
import type { Entry } from './entry.ts'
import type { Fault } from '../faults/fault.ts'
import type { Answer, AnswerHeaders } from '../../http/answer.ts'
import { requestIdHeader } from '../../http/recorder.ts'
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
    ...answerView(entry),
    durationMs: Math.round(entry.durationMs * 1000) / 1000,
    faults: entry.faults.map(faultView),
    createdWebhookId: entry.createdWebhookId,
    // Hints quote headers and body, so they get the masked ones.
    diagnosis: diagnosisOf(entry, headers, body?.isWhole ? text : null),
  }
}

function answerView(entry: Entry): Pick<JournaledRequest, 'status' | 'response'> {
  const { answer } = entry
  if (answer === null) return { status: null, response: null }
  return { status: answer.status, response: journaledResponse(answer, entry) }
}

function journaledResponse(answer: Answer, { id, refusal }: Entry): JournaledResponse {
  const { status, headers } = answer
  const { content, bytes, length } = contentOf(answer)
  const fields = { ...headers, ...length, [requestIdHeader]: id }
  return {
    status,
    headers: maskedHeaders(rawHeadersOf(fields)),
    // A refusal is the sandbox's own words, which hold no secret.
    body: content !== null && refusal === null ? maskedText(content) : content,
    bodyBytes: bytes,
  }
}

/** The content of an answer, its length in bytes, and the header field with this length. */
function contentOf({ headers, body }: Answer): {
  content: string | null
  bytes: number
  length?: AnswerHeaders
} {
  if (typeof body !== 'string') return { content: body?.text ?? null, bytes: body?.length ?? 0 }
  const bytes = Buffer.byteLength(body)
  return { content: body, bytes, length: { 'content-length': headers['content-length'] ?? bytes } }
}

/** Header fields as alternating names and values. */
const rawHeadersOf = (headers: AnswerHeaders): string[] =>
  Object.entries(headers).flatMap(([name, value = []]) =>
    [value].flat().flatMap((one) => [name, String(one)]),
  )

const faultView = ({ source, id, effect, when }: Fault): JournaledRequest['faults'][number] => ({
  source,
  ...(id !== undefined && { id }),
  effect,
  when,
})
