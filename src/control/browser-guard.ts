import type { IncomingHttpHeaders } from 'node:http'
import { isIPv4 } from 'node:net'
import { hostnameOf, type OwnAddress } from '../base/own-address.ts'
import { ApiError } from '../base/problems/problems.ts'

/** The names of the machine itself, as the URL parser writes them (RFC 6761 §6.3; RFC 1122 §3.2.1.3). */
const loopbackHost = /^(?:(?:[^.]+\.)*localhost\.?|127(?:\.\d+){3}|\[::1\])$/

/** Whether an IP address is one of the machine itself. */
const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127\./.test(address)

/** Whether a name cannot be one of the public DNS: an IP address (IPv6 has no dot), one label, or loopback. */
const isPrivateName = (hostname: string): boolean =>
  !hostname.includes('.') || isIPv4(hostname) || loopbackHost.test(hostname)

/**
 * The control API without an admin token is called by a name that no stranger can point here. Another name is
 * that of a page whose owner did (DNS rebinding).
 *
 * @param host - value of the `Host` field
 * @param listeningAddress - IP address that the server listens on
 * @throws ApiError `forbidden`
 */
export function requireControlHost(
  host: string | undefined,
  listeningAddress: string,
  ownAddress: OwnAddress,
): void {
  const hostname = hostnameOf(host ?? '')
  const [isOwnName, names] = isLoopback(listeningAddress)
    ? [(name: string) => loopbackHost.test(name), 'localhost, *.localhost, 127.0.0.1, [::1]']
    : [isPrivateName, 'an IP address, a name without a dot, *.localhost']
  if (hostname !== undefined && (isOwnName(hostname) || ownAddress.isPublicHost(hostname))) return
  throw new ApiError(
    'forbidden',
    `Call the control API by ${names} or the host of --public-url; any other name needs --public-url or --admin-token.`,
  )
}

/**
 * A browser says which page a request is from, and only a page of the sandbox's own may drive it.
 *
 * @throws ApiError `forbidden`
 */
export function requireOwnOrigin(
  { origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders,
  ownAddress: OwnAddress,
): void {
  const isForeign = origin !== undefined && !ownAddress.isOwnOrigin(origin, host)
  const isCrossSite = site === 'cross-site' || site === 'same-site'
  if (!isForeign && !isCrossSite) return
  throw new ApiError(
    'forbidden',
    'A page in a browser may not drive the sandbox, but for its own /reference; behind a proxy, that needs --public-url.',
  )
}
