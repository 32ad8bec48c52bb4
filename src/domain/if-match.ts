import { ApiError } from './problems.ts'

/** A version as number or entity tag, or any version (RFC 9110 §8.8.3, §13.1.1). */
const tag = String.raw`\d+|\*|(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`
const tags = new RegExp(tag, 'g')
/** A list of them; empty elements are skipped, as RFC 9110 §5.6.1.2 asks. */
const list = new RegExp(String.raw`^[ \t,]*(?:${tag})(?:[ \t]*,[ \t,]*(?:${tag}))*[ \t,]*$`)

/**
 * A change, or a deletion, may ask for the version that it is about (CONTRACT §6; RFC 9110 §13.1.1).
 *
 * @param ifMatch - value of the field; several fields arrive as one value, joined by commas
 * @param version - the version that the webhook has now
 * @throws ApiError `bad-request` if the field is malformed, `conflict` if it asks for other versions
 */
export function requireCurrentVersion(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined) return
  if (!list.test(ifMatch)) {
    throw new ApiError(
      'bad-request',
      'Send If-Match as a version, such as "If-Match: 3", or leave it out.',
      { rule: 'if-match' },
    )
  }
  const current = ['*', `${version}`, `"${version}"`, `W/"${version}"`]
  if (ifMatch.match(tags)?.some((asked) => current.includes(asked))) return
  throw new ApiError(
    'conflict',
    `Changed by someone else: it has version ${version} now. Load it again and retry with that in If-Match.`,
    { rule: 'current-version' },
  )
}
