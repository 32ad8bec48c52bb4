import { ApiError } from '../../base/problems/problems.ts'

/**
 * An element of the list: a version as number or entity tag, or `*` (RFC 9110 §8.8.3, §13.1.1).
 * Skips empty elements (RFC 9110 §5.6.1.2).
 */
const element = /[ \t,]*(\d+|\*|(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)/gy

/**
 * Requires `If-Match`, if sent, to list the current version (CONTRACT §6; RFC 9110 §13.1.1).
 *
 * @param ifMatch - value of the field; Node.js joins several fields by commas
 * @param version - current version of the webhook
 * @throws ApiError `bad-request` if the field is malformed, `conflict` if it lists only other versions
 */
export function requireCurrentVersion(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined) return
  const asked: string[] = []
  const rest = ifMatch.replace(element, (_element, tag: string) => {
    asked.push(tag)
    return ''
  })
  if (asked.length === 0 || /[^ \t,]/.test(rest)) {
    throw new ApiError(
      'bad-request',
      'Send If-Match as a version, such as "If-Match: 3", or leave it out.',
      { rule: 'if-match' },
    )
  }
  const current = ['*', `${version}`, `"${version}"`, `W/"${version}"`]
  if (asked.some((tag) => current.includes(tag))) return
  throw new ApiError(
    'conflict',
    `Changed by someone else: it has version ${version} now. Load it again and retry with that in If-Match.`,
    { rule: 'current-version' },
  )
}
