import { maskedText } from './masking/text.ts'

/**
 * The origin-form of a request target (RFC 9112 §3.2), so that the absolute-form finds the same route. Returns other forms
 * unchanged.
 */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(target)?.[0]
  if (authority === undefined) return target
  const path = target.slice(authority.length)
  return path.startsWith('/') ? path : `/${path}`
}

/** The path of a request target, without query and fragment. */
export const pathOf = (target: string): string => before('?', before('#', target))

function before(mark: string, text: string): string {
  const end = text.indexOf(mark)
  return end === -1 ? text : text.slice(0, end)
}

/**
 * The path of a request target as a URI reference: secrets are masked, and characters that RFC 3986 §3.3 forbids are
 * encoded.
 */
export function uriPathOf(target: string): string {
  return percentEncoded(maskedText(pathOf(target)))
}

/** Encodes the characters of a path, as sent, that RFC 3986 §3.3 forbids. */
export const percentEncoded = (path: string): string =>
  path.replace(
    /[^\w\-.~!$&'()*+,;=:@/%]|%(?![0-9a-f]{2})/gi,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )

/** Decodes percent-encoding; returns an invalid text unchanged. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** True for targets of the webhook API: `/api`. */
export const isApi = (target: string): boolean => rootOf(target) === 'api'

/** True for targets of the token endpoints: `/oauth2`. */
export const isOAuth = (target: string): boolean => rootOf(target) === 'oauth2'

/** True for targets of the metadata of servers (RFC 8615). */
export const isWellKnown = (target: string): boolean => rootOf(target) === '.well-known'

/** True for targets of Wink's API: `/api` and `/oauth2`. */
export const isImitated = (target: string): boolean => isApi(target) || isOAuth(target)

/** True for targets of the control API: `/__admin`. */
export const isControl = (target: string): boolean => rootOf(target) === '__admin'

/** The root of Wink's API that a path is probably meant for, by its first segment. */
const meantRoots: ReadonlyMap<string, 'api' | 'oauth2'> = new Map([
  ['api', 'api'],
  ['managing-entity', 'api'],
  ['oauth2', 'oauth2'],
  ['oauth', 'oauth2'],
])

/**
 * True for targets of Wink's API and for near misses: an extra leading slash, other case, a missing `/api`, or a name
 * that OAuth servers commonly use.
 */
export const resemblesImitated = (target: string): boolean => meantRoots.has(firstSegmentOf(target))

/** True for targets that Wink does not have: the root, the control API, the console, the documents and the reference page. */
export const isOwn = (target: string): boolean =>
  pathOf(target) === '/' || ['__admin', 'openapi.json', 'reference'].includes(rootOf(target))

/** True for targets below `/oauth2` and for near misses of them. */
export const isTokenPath = (target: string): boolean =>
  meantRoots.get(firstSegmentOf(target)) === 'oauth2'

/** A copy of a text. A part of a text holds on to all of that text, such as a query of 15 KiB. */
export const detached = (text: string): string => Buffer.from(text).toString()

/** The first non-empty segment of a path, in lower case. */
export const firstSegmentOf = (target: string): string =>
  decoded(target.replace(/^\/*([^/?#]*).*$/s, '$1')).toLowerCase()

/** The first segment of a path, decoded as the router does. */
function rootOf(target: string): string {
  return decoded(target.replace(/^\/?([^/?#]*).*$/s, '$1'))
}
