import { ApiError } from '../../base/problems/problems.ts'

/**
 * An element of the list: a version as number or entity tag, or any version (RFC 9110 §8.8.3, §13.1.1).
 * Empty elements are skipped, as RFC 9110 §5.6.1.2 asks.
 */
const element = /[ \t,]*(\d+|\*|(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")[ \t]*(?=,|$)/gy

/**
 * A change, or a deletion, may ask for the version that it is about (CONTRACT §6; RFC 9110 §13.1.1).
 *
 * @param ifMatch - value of the field; several fields arrive as one value, joined by commas
 * @param version - the version that the webhook has now
 * @throws ApiError `bad-request` if the field is malformed, `conflict` if it asks for other versions
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
