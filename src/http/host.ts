import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'
import { fieldsOf } from './headers.ts'
import { ApiError } from '../base/problems/problems.ts'

/** A host and a port as a URL has them (RFC 3986 §3.2.2); names have at most 255 characters (RFC 1035 §2.3.4). */
const uriHost =
  /^(?:\[([\da-f:.]{2,45})\]|((?:[\w\-.~!$&'()*+,;=]|%[\da-f]{2}){0,255}))(:\d{0,5})?$/i

/** The largest port of TCP. */
const maxPort = 65_535

/**
 * A request of HTTP/1.1 has one `Host`, and one that can be the host of a URL (RFC 9112 §3.2): the sandbox
 * makes its own addresses of it.
 *
 * @throws ApiError `bad-request`
 */
export function requireHost({
  httpVersion,
  rawHeaders,
}: Pick<IncomingMessage, 'httpVersion' | 'rawHeaders'>): void {
  const fields = fieldsOf(rawHeaders, 'host')
  const isMissing = fields.length === 0
  if (isMissing ? httpVersion !== '1.1' : fields.length === 1 && isHost(String(fields[0]))) return
  const detail = isMissing
    ? 'Send a Host header, as HTTP/1.1 asks (RFC 9112 §3.2).'
    : `Send one Host header, with a host name or IP address and perhaps a port up to ${maxPort} (RFC 9112 §3.2).`
  throw new ApiError('bad-request', detail, { rule: 'http-message' })
}

/** Whether a `Host` can stand in an http URL, which has no empty host (RFC 9110 §4.2.1), or is empty as a whole. */
function isHost(field: string): boolean {
  const match = uriHost.exec(field)
  if (!match) return false
  const [, address, name, port = ''] = match
  if (address !== undefined && !isIPv6(address)) return false
  if (name === '' && port !== '') return false
  return Number(port.slice(1)) <= maxPort
}
