import type { IncomingHttpHeaders } from 'node:http'
import { ApiError } from './problems.ts'

const loopbackHost = /^(?:(?:[\w-]+\.)*localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?$/i

/** Whether an IP address is one of the machine itself. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127\./.test(address)

/**
 * A server that listens on loopback is called by a name of loopback. Another one is that of a page whose
 * owner has it point here (DNS rebinding).
 *
 * @param host - value of the `Host` field
 * @throws ApiError `forbidden`
 */
export function requireLoopbackHost(host: string | undefined): void {
  if (loopbackHost.test(host ?? '')) return
  throw new ApiError(
    'forbidden',
    'Call the sandbox by localhost or 127.0.0.1, not by another name.',
  )
}

/**
 * A browser says which page a request is from, and only one of the sandbox's own may drive it.
 *
 * @throws ApiError `forbidden`
 */
export function requireOwnOrigin({ origin, host, ...headers }: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site']
  const isForeign = origin !== undefined && origin !== `http://${String(host)}`
  const isCrossSite = site === 'cross-site' || site === 'same-site'
  if (!isForeign && !isCrossSite) return
  throw new ApiError('forbidden', 'A page in a browser may not drive the sandbox.')
}
