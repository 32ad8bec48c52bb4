/** A list of coding names, each a token (RFC 9110 §5.6.2). */
const names = /^[\w!#$%&'*+.^`|~, -]{1,60}$/

/**
 * The codings of a body but for `identity`, as sentences name them; undefined where there are none. A body is not decoded, as
 * Tomcat does not (CONTRACT §4).
 *
 * @param field - value of `Content-Encoding`
 */
export function codingOf(field: string | readonly string[] | undefined): string | undefined {
  const codings = String(field ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name.toLowerCase() !== 'identity')
    .join(', ')
  if (codings === '') return undefined
  return names.test(codings) ? codings : '(a strange one)'
}

/**
 * The end of the refusal of a body that cannot be read, which may be so because of its coding.
 *
 * @param field - value of `Content-Encoding`
 */
export function codingAdvice(field: string | undefined): string {
  const coding = codingOf(field)
  return coding === undefined
    ? ''
    : ` Content-Encoding ${coding} is not decoded; send the body without it.`
}
