import type { IncomingHttpHeaders } from 'node:http'
import { ApiError } from '../base/problems/problems.ts'

/** Whether a request has a body: its header fields say so (RFC 9112 §6). */
export function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0
}

/**
 * The only transfer coding is one `chunked` (RFC 9112 §6.1). The parser lets other codings pass in front of it;
 * the body would be taken as it is, still coded.
 *
 * @throws ApiError `not-implemented`
 */
export function requireTransferCoding({ 'transfer-encoding': field }: IncomingHttpHeaders): void {
  if (field === undefined || /^(?:,[ \t]*)*chunked$/i.test(field)) return
  throw unknownTransferCoding()
}

/** The refusal of a transfer coding. The connection closes, as nobody knows where such a body ends. */
export const unknownTransferCoding = (): ApiError =>
  new ApiError(
    'not-implemented',
    'Send the body with Transfer-Encoding: chunked, once and without other codings, or with Content-Length (RFC 9112 §6.1).',
    { rule: 'transfer-coding', headers: { connection: 'close' } },
  )
