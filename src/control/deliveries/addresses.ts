import type { LookupAddress, LookupAllOptions, LookupOptions } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Lazy } from '../../base/lazy.ts'
import { isLoopbackHost } from '../../base/loopback.ts'

// Link-local addresses (RFC 3927), and metadata services outside of them, which give credentials to whoever asks: Alibaba,
// Azure, Oracle.
const forbiddenIpv4 = [
  ['169.254.0.0', 16],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
] as const

// Link-local and site-local addresses (RFC 4291 §2.5.6, RFC 3879), the metadata services of AWS and Google, and prefixes
// whose addresses stand for IPv4 addresses in ways of their own: local NAT64 (RFC 8215) and Teredo (RFC 4380).
const forbiddenIpv6 = [
  ['fe80::', 10],
  ['fec0::', 10],
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
] as const

/**
 * Prefixes of IPv6 that an IPv4 address follows: compatible (RFC 4291 §2.5.5.1), NAT64 (RFC 6052 §2.1) and translated
 * (RFC 2765 §2.1).
 */
const embeddingPrefixes = ['::', '64:ff9b::', '::ffff:0:']

/** The IPv4 address in a 6to4 address (RFC 3056 §2), such as `2002:a9fe:0::`. */
const sixToFour = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  return `2002:${(256 * a + b).toString(16)}:${(256 * c + d).toString(16)}::`
}

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
  for (const [network, bits] of forbiddenIpv6) list.addSubnet(network, bits, 'ipv6')
  for (const [network, bits] of forbiddenIpv4) {
    list.addSubnet(network, bits, 'ipv4')
    for (const prefix of embeddingPrefixes) list.addSubnet(`${prefix}${network}`, 96 + bits, 'ipv6')
    list.addSubnet(sixToFour(network), 16 + bits, 'ipv6')
  }
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

/** The addresses of `localhost` and the names below it (RFC 6761 §6.3). */
const loopback: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

/**
 * A `lookup` for sockets that leaves out link-local and metadata addresses. The socket connects to no other address than
 * those it gets from here, so that a name cannot change its address after the check (DNS rebinding). It needs
 * `autoSelectFamily`, with which a socket asks for all addresses.
 */
export const lookupAllowed =
  (lookup: LookupAll): LookupFunction =>
  (hostname: string, options: LookupOptions, callback) => {
    if (isLoopbackHost(hostname.replace(/\.$/, '').toLowerCase())) {
      callback(null, loopback)
      return
    }
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, [])
        return
      }
      if (found.length === 0) {
        const none = new Error(`no address of ${hostname}`)
        callback(Object.assign(none, { code: 'ENODATA' }), [])
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
