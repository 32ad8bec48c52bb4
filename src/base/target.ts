import { maskedText } from './masking/text.ts'

/**
 * The origin-form of a request target (RFC 9112 §3.2): an absolute-form loses its scheme and authority,
 * so that both forms find the same route; all others stay as they are.
 */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(target)?.[0]
  if (authority === undefined) return target
  const path = target.slice(authority.length)
  return path.startsWith('/') ? path : `/${path}`
}

/** The path of a request target: all of it before the query. */
export const pathOf = (target: string): string => before('?', before('#', target))

function before(mark: string, text: string): string {
  const end = text.indexOf(mark)
  return end === -1 ? text : text.slice(0, end)
}

/**
 * The path of a request target as a URI reference, without secrets: what RFC 3986 §3.3 does not allow is
 * encoded.
 */
export function uriPathOf(target: string): string {
  return maskedText(pathOf(target)).replace(
    /[^\w\-.~!$&'()*+,;=:@/%]|%(?![0-9a-f]{2})/gi,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** A part of a target without its percent-encoding; as it is where it cannot be decoded. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether a target is below the paths of Wink's API, and not one of the sandbox's own. */
export const isImitated = (target: string): boolean => ['api', 'oauth2'].includes(rootOf(target))

/** Whether a target is below the paths of the control API. */
export const isControl = (target: string): boolean => rootOf(target) === '__admin'

/** What paths are meant to be below, by their first segment. */
const meantRoots: ReadonlyMap<string, 'api' | 'oauth2'> = new Map([
  ['api', 'api'],
  ['managing-entity', 'api'],
  ['oauth2', 'oauth2'],
  ['oauth', 'oauth2'],
])

/**
 * Whether a target is not below the paths of Wink's API, but is meant to be: it has a slash too many in front, letters in
 * another case, no `/api`, or a name that such paths have elsewhere.
 */
export const missesImitated = (target: string): boolean =>
  !isImitated(target) && meantRoots.has(firstSegmentOf(target))

/** Whether a target is one of the sandbox's own, which Wink does not have: the control API and the documents. */
export const isOwn = (target: string): boolean =>
  ['__admin', 'openapi.json', 'reference'].includes(rootOf(target))

/** Whether a target is one of the paths where clients get tokens, or is meant to be. */
export const isTokenPath = (target: string): boolean =>
  meantRoots.get(firstSegmentOf(target)) === 'oauth2'

/** The first segment of a path that is not empty, in lower case. */
export const firstSegmentOf = (target: string): string =>
  decoded(target.replace(/^\/*([^/?#]*).*$/s, '$1')).toLowerCase()

/** The first segment of a path, as routes see it: percent-encoded letters are letters. */
function rootOf(target: string): string {
  return decoded(target.replace(/^\/?([^/?#]*).*$/s, '$1'))
}
