/**
 * The origin-form of a request target (RFC 9112 §3.2): an absolute-form loses its scheme and authority,
 * so that both forms find the same route; all others stay as they are.
 */
export function originForm(target: string): string {
  const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(target)?.[0]
  if (authority === undefined) return target
  const path = target.slice(authority.length)
  return path.startsWith('/') ? path : `/${path}`
}

/** The path of a request target: all of it before the query. */
export function pathOf(target: string): string {
  return target.replace(/[?#].*$/s, '')
}

/** The path of a request target as a URI reference: what RFC 3986 §3.3 does not allow is encoded. */
export function uriPathOf(target: string): string {
  return pathOf(target).replace(
    /[^\w\-.~!$&'()*+,;=:@/%]|%(?![0-9a-f]{2})/gi,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}
