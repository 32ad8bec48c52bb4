import type { IncomingHttpHeaders } from 'node:http'
import { isIPv4 } from 'node:net'
import { isLoopbackHost } from '../base/loopback.ts'
import { hostnameOf, type OwnAddress } from '../base/own-address.ts'
import { ApiError } from '../base/problems/problems.ts'

/** True for a name of this machine; a name may end in the dot of the DNS root. */
const isOwnHost = (hostname: string): boolean => isLoopbackHost(hostname.replace(/\.$/, ''))

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127\./.test(address)

/** True if the name cannot be in the public DNS: an IP address (IPv6 has no dot), a single label, or loopback. */
const isPrivateName = (hostname: string): boolean =>
  !hostname.includes('.') || isIPv4(hostname) || isOwnHost(hostname)

/**
 * Requires a host name that nobody else can point at this machine. Any other name could belong to a web page whose
 * owner did so (DNS rebinding).
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
    ? [isOwnHost, 'localhost, *.localhost, 127.0.0.1, [::1]']
    : [isPrivateName, 'an IP address, a name without a dot, *.localhost']
  if (hostname !== undefined && (isOwnName(hostname) || ownAddress.isPublicHost(hostname))) return
  throw new ApiError(
    'forbidden',
    `Call the control API by ${names} or the host of --public-url; any other name needs --public-url or --admin-token.`,
  )
}

/**
 * Refuses requests that a browser sends for another page than the sandbox's own.
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
    'A page in a browser may not drive the sandbox, but for its own console and /reference; behind a proxy, that needs --public-url.',
  )
}
