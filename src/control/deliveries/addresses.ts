import type { LookupAddress, LookupAllOptions, LookupOptions } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Lazy } from '../../base/lazy.ts'

// Link-local addresses, and those where clouds give credentials to whoever asks (RFC 3927, RFC 4291 §2.5.6).
const forbiddenSubnets = [
  ['169.254.0.0', 16, 'ipv4'],
  ['fe80::', 10, 'ipv6'],
  // The same IPv4 addresses within IPv6: compatible (RFC 4291 §2.5.5.1), NAT64 (RFC 6052 §2.1) and 6to4 (RFC 3056 §2).
  ['::169.254.0.0', 112, 'ipv6'],
  ['64:ff9b::169.254.0.0', 112, 'ipv6'],
  ['2002:a9fe::', 32, 'ipv6'],
  // Metadata services outside the link-local range: Alibaba, Azure, Oracle, AWS, Google.
  ['100.100.100.200', 32, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
  ['fd00:ec2::', 32, 'ipv6'],
  ['fd20:ce::254', 128, 'ipv6'],
] as const

const forbiddenNames = new Set([
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.goog',
  'metadata.google.internal',
  'metadata.tencentyun.com',
])

/** Built when it is first needed, because it takes milliseconds. It never changes. */
const forbiddenAddresses = new Lazy(() => {
  const list = new BlockList()
  for (const [network, bits, family] of forbiddenSubnets) list.addSubnet(network, bits, family)
  return list
})

/** Checks an address in its numeric form. The list recognizes IPv4 addresses that are mapped into IPv6. */
function isForbidden(address: string): boolean {
  const [withoutZone = ''] = address.split('%') // fe80::1%lo0 (RFC 4007 §11)
  return forbiddenAddresses.value.check(withoutZone, isIP(withoutZone) === 6 ? 'ipv6' : 'ipv4')
}

/** A connection to a link-local or metadata address, which the sandbox never opens. */
export class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError'

  /** @param what - the host, or the host and the address that it has */
  constructor(what: string) {
    super(`${what} is a link-local or metadata address, to which the sandbox never connects`)
  }
}

/**
 * Checks the host of a URL.
 *
 * @param hostname - as the URL parser writes it, which turns all notations of an IPv4 address into one
 * @returns true for a link-local or metadata address, and for the known names of metadata services
 */
export function isForbiddenHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return isForbidden(host)
  return forbiddenNames.has(host.replace(/\.$/, '').toLowerCase())
}

/** Finds all addresses of a name, as `dns.lookup` does. */
export type LookupAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * A `lookup` for sockets that leaves out link-local and metadata addresses. The socket connects to no other address than
 * those it gets from here, so that a name cannot change its address after the check (DNS rebinding). It needs
 * `autoSelectFamily`, with which a socket asks for all addresses.
 */
export const lookupAllowed =
  (lookup: LookupAll): LookupFunction =>
  (hostname: string, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, [])
        return
      }
      const allowed = found.filter(({ address }) => !isForbidden(address))
      if (allowed.length > 0) callback(null, allowed)
      else {
        const addresses = found.map(({ address }) => address).join(' and ')
        callback(new ForbiddenAddressError(`${hostname} is at ${addresses}, which`), [])
      }
    })
  }
