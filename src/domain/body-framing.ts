import type { IncomingHttpHeaders } from 'node:http'

/** Whether a request has a body: its header fields say so (RFC 9112 §6). */
export function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0
}
