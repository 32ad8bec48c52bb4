import type { Cause } from '../problems/causes.ts'

/** Longest host, in characters: the URL parser takes seconds for one of a megabyte. */
const maxHostLength = 4_096
/** Longest URL, in characters, as long as a body: the patterns below need a limit. */
const maxLength = 1024 * 1024
/** The characters that RFC 3986 §2 allows, `%` in triplets only, and the fragment's `#` once. */
const uriCharacters =
  /^(?:[\w\-.~:/?@!$&'()*+,;=[\]]|%[0-9a-f]{2})*(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?$/i
/** The scheme, `//`, an authority with a host, then no brackets, which RFC 3986 §3.2.2 reserves for IP literals. */
const webAuthority =
  /^https?:\/\/(?:[^/?#@[\]]*@)?(?:\[[^/?#@[\]]+\]|[^/?#@[\]:]{1,4096})(?::\d*)?(?:[/?#][^[\]]*)?$/i

/**
 * True for a URI by RFC 3986 that is also an http or https URL for the WHATWG URL parser.
 *
 * Each standard accepts URLs that the other refuses: RFC 3986 allows ports above 65535 and hosts such as `1.2.3.256`, and
 * the WHATWG parser repairs blanks, backslashes and missing slashes.
 */
export function isWebUrl(text: string): boolean {
  return (
    text.length <= maxLength &&
    uriCharacters.test(text) &&
    webAuthority.test(text) &&
    URL.canParse(text)
  )
}

/** True for a URL to which a path can be appended: no user info, query, fragment or trailing slash. */
export function isBaseUrl(text: string): boolean {
  return isWebUrl(text) && !/[?#@]|\/$/.test(text)
}

/** An origin of another scheme than http and https, such as that of an app or of an extension of a browser. */
const otherOrigin = /^(?!https?:)[a-z][a-z\d+.-]{0,63}:\/\/[a-z\d.-]{1,255}$/

/** True for an origin as browsers send it in `Origin` (RFC 6454 §6.2), and for `*`. */
export function isOrigin(text: string): boolean {
  if (text === '*') return true
  return isBaseUrl(text) ? new URL(text).origin === text : otherOrigin.test(text)
}

/** Longest host that is converted to ASCII: the limit of DNS (RFC 1035 §2.3.4). */
const maxConvertedHost = 253

/** The parts of an authority, also of an invalid one. */
interface Authority {
  readonly userInfo: string | undefined
  readonly host: string
  readonly port: string | undefined
}

function authorityOf(url: string): Authority {
  const [authority = ''] = url.slice(url.indexOf('//') + 2).split(/[/?#]/, 1)
  const at = authority.lastIndexOf('@')
  const address = authority.slice(at + 1)
  const colon = address.lastIndexOf(':')
  // An IPv6 address has colons within its brackets.
  const hasPort = colon > address.lastIndexOf(']')
  return {
    userInfo: at === -1 ? undefined : authority.slice(0, at),
    host: hasPort ? address.slice(0, colon) : address,
    port: hasPort ? address.slice(colon + 1) : undefined,
  }
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text)

/** A host in ASCII (Punycode) by the WHATWG URL parser; undefined if there is no such form. */
function asciiHost(host: string): string | undefined {
  const url = `https://${host}`
  if (host.length > maxConvertedHost || !URL.canParse(url)) return undefined
  return new URL(url).hostname
}

/**
 * Reasons why a text is not a usable http or https URL (CONTRACT §2). They repeat only the host of the URL: user info, path
 * and query may be secrets.
 */
export const webUrlCauses: readonly Cause<string>[] = [
  { is: (url) => url === '', says: 'it is empty', source: 'ours' },
  {
    is: (url) => /[{}]/.test(url),
    says: 'it has { or }, as a template has: put a value in its place, or write %7B and %7D',
    source: 'RFC 3986 §2; RFC 6570',
  },
  {
    is: (url) => /\s/.test(url),
    says: 'it has a blank: write %20',
    source: 'RFC 3986 §2',
  },
  {
    is: (url) => url.includes('\\'),
    says: 'it has a backslash: write / or %5C',
    source: 'RFC 3986 §2',
  },
  {
    is: (url) => !/^https?:\/\//i.test(url),
    says: 'it does not begin with https://',
    source: 'doc; RFC 3986 §4.3',
  },
  {
    is: (url) => authorityOf(url).host === '',
    says: 'it has no host',
    source: 'RFC 9110 §4.2.2',
  },
  {
    is: (url) => authorityOf(url).userInfo?.includes('@') === true,
    says: 'its user info has an @: write %40',
    source: 'RFC 3986 §3.2.1',
  },
  {
    is: (url) => !isAscii(authorityOf(url).host),
    says: (url) => {
      const host = asciiHost(authorityOf(url).host)
      return host === undefined
        ? 'its host is not ASCII, and has no form in ASCII'
        : `its host is not ASCII: write ${host}`
    },
    source: 'RFC 3986 §3.2.2; RFC 5891 §4.4',
  },
  {
    is: (url) => !isAscii(url),
    says: 'it has characters that are not ASCII: percent-encode them as UTF-8',
    source: 'RFC 3986 §2',
  },
  {
    is: (url) => /\D/.test(authorityOf(url).port ?? ''),
    says: 'its port is no number',
    source: 'RFC 3986 §3.2.3',
  },
  {
    is: (url) => Number(authorityOf(url).port) > 65_535,
    says: 'its port is over 65535',
    source: 'ours; RFC 9293 §3.1',
  },
  {
    is: (url) => /%(?![\da-f]{2})/i.test(url),
    says: 'it has a % without two hexadecimal digits: write %25',
    source: 'RFC 3986 §2.1',
  },
  {
    is: (url) => url.indexOf('#') !== url.lastIndexOf('#'),
    says: 'it has more than one #: write %23',
    source: 'RFC 3986 §3.5',
  },
  {
    is: (url) => /[^\w\-.~:/?#@!$&'()*+,;=[\]%]/.test(url),
    says: 'it has a character that a URI may not have: percent-encode it',
    source: 'RFC 3986 §2',
  },
  {
    is: (url) => {
      const { host } = authorityOf(url)
      return /[[\]]/.test(/^\[[^[\]]+\]$/.test(host) ? url.replace(host, '') : url)
    },
    says: 'it has brackets that are not those of an IPv6 address: write %5B and %5D',
    source: 'RFC 3986 §3.2.2',
  },
  {
    is: (url) => authorityOf(url).host.length > maxHostLength,
    says: 'its host is too long',
    source: 'ours; RFC 1035 §2.3.4',
  },
  {
    is: (url) => !URL.canParse(url),
    says: 'its host is none that a URL can have',
    source: 'WHATWG URL, host parsing',
  },
]
