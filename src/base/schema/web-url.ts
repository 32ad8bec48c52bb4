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
