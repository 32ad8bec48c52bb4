/** Longest host that is taken, in characters: the URL parser takes seconds for one of a megabyte. */
export const maxHostLength = 4_096
/** As long as a request can be; the patterns below cannot take a text without any limit. */
const maxLength = 1024 * 1024
/** The characters that RFC 3986 §2 allows, `%` in triplets only, and the fragment's `#` once. */
const uriCharacters =
  /^(?:[\w\-.~:/?@!$&'()*+,;=[\]]|%[0-9a-f]{2})*(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9a-f]{2})*)?$/i
/**
 * The scheme, `//`, an authority with a host, then no bracket, which RFC 3986 §3.2.2 keeps for IP literals.
 * No host is as long as this allows; the URL parser takes seconds for one of a megabyte.
 */
const webAuthority =
  /^https?:\/\/(?:[^/?#@[\]]*@)?(?:\[[^/?#@[\]]+\]|[^/?#@[\]:]{1,4096})(?::\d*)?(?:[/?#][^[\]]*)?$/i
/**
 * What nearly all URLs look like: a host of plain labels that ends in letters, a port that exists, a path of
 * plain characters. All below would take each of these, and longer.
 */
const plainHttpsUrl =
  /^https:\/\/(?!(?:[^/]*\.)?xn--)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,3}[a-z]{2,63}(?::\d{1,4})?(?:\/[\w\-.~/]*)?$/
/** Hosts that are the machine itself, as the WHATWG URL parser writes them (RFC 6761 §6.3; RFC 1122 §3.2.1.3). */
const loopbackHost = /^(?:(?:[^.]+\.)*localhost|127(?:\.\d+){3}|\[::1\])$/

/**
 * True if `text` is a URI by RFC 3986 and an http or https URL that the WHATWG URL parser takes.
 *
 * The two standards disagree both ways: RFC 3986 has no opinion on ports above 65535 or on hosts such
 * as `1.2.3.256`, and the WHATWG parser repairs blanks, backslashes and missing slashes. Both must agree.
 */
export function isWebUrl(text: string): boolean {
  return (
    text.length <= maxLength &&
    uriCharacters.test(text) &&
    webAuthority.test(text) &&
    URL.canParse(text)
  )
}

/** True if `text` is a URL to which a path can be appended: no user info, query, fragment or slash at its end. */
export function isBaseUrl(text: string): boolean {
  return isWebUrl(text) && !/[?#@]|\/$/.test(text)
}

/** True if `text` is a usable https URL (CONTRACT §2, `eventUrl`). */
export function isHttpsUrl(text: string): boolean {
  return plainHttpsUrl.test(text) || (isWebUrl(text) && /^https:/i.test(text))
}

/** True if `text` is a usable https URL, or an http URL whose host is the machine itself. */
export function isHttpsOrLoopbackUrl(text: string): boolean {
  return isHttpsUrl(text) || (isWebUrl(text) && loopbackHost.test(new URL(text).hostname))
}
