import type { Cause } from '../base/problems/causes.ts'
import { firstSegmentOf } from '../base/target.ts'

/** Parts of a path whose case does not matter: UUIDs and percent-encoded bytes. */
const caseless = /%[0-9a-f]{2}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** Reasons why a path is unknown. The sentences repeat nothing of it. */
export const pathCauses: readonly Cause<string>[] = [
  {
    is: (path) => path.length > 1 && path.endsWith('/'),
    says: 'The path ends in a slash; leave it out.',
    source: 'ours; RFC 3986 §6.2.3',
  },
  {
    is: (path) => /^\/\/+./.test(path),
    says: 'The path begins with a doubled slash, as behind a base URL that ends in one; leave one out.',
    source: 'ours; RFC 3986 §3.3',
  },
  {
    is: (path) => /\/managing-entity\/\//i.test(path),
    says: 'The path has no identifier behind /managing-entity/; put one there.',
    source: 'doc',
  },
  {
    is: (path) => /[^/]\/\/+[^/]/.test(path) && !/\/managing-entity\/\//i.test(path),
    says: 'The path has a doubled slash; one is enough.',
    source: 'ours; RFC 3986 §3.3',
  },
  {
    is: (path) => /[A-Z]/.test(path.replace(caseless, '')),
    says: 'Paths are case-sensitive; Wink writes them in lower case.',
    source: 'ours; RFC 3986 §6.2.2.1',
  },
  {
    is: (path) => firstSegmentOf(path) === 'managing-entity',
    says: 'The path lacks /api in front of /managing-entity.',
    source: 'doc',
  },
  {
    is: (path) => /^\/+api\/+api(?:\/|$)/i.test(path),
    says: 'The path has /api twice; a base URL has none.',
    source: 'doc',
  },
  {
    is: (path) => /^\/+api\/+webhook(?:\/|$)/i.test(path),
    says: 'Wink had webhooks at /api/webhook once; send to /api/managing-entity/{managingEntityIdentifier}/webhook.',
    source: 'wink (its SDKs before 31)',
  },
  {
    is: (path) => firstSegmentOf(path) === 'oauth' || /^\/+api\/+oauth2?(?:\/|$)/i.test(path),
    says: 'Access tokens are at /oauth2/token.',
    source: 'wink',
  },
]

/** Signs of a mistake in a path, known or unknown. */
export const pathOddities: readonly Cause<string>[] = [
  {
    is: (path) => /[{}]|%7[bd]/i.test(path),
    says: 'The path has { or }, as a template has; put a value in its place.',
    source: 'ours; RFC 6570',
  },
  {
    is: (path) => /(?:%20|%09|%0a|%0d)$/i.test(path),
    says: 'The path ends in a blank; leave it out.',
    source: 'ours',
  },
]
