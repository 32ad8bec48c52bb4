import { codingAdvice } from '../../http/content-coding.ts'
import { ApiError } from '../../base/problems/problems.ts'

/** The parameters of a form, each once. */
export type Form = ReadonlyMap<string, string>

/**
 * The parameters of a token or revocation request (RFC 6749 §3.2). Those without a value count as left
 * out (§3.1), and those that nobody asks for are ignored.
 *
 * @param text - `application/x-www-form-urlencoded`
 * @param names - of the parameters that count
 * @param contentEncoding - value of `Content-Encoding`
 * @throws ApiError `bad-request` if one of them comes twice, or none because the body has a coding
 */
export function formOf(
  text: string,
  names: readonly string[],
  contentEncoding: string | undefined,
): Form {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (value === '' || !names.includes(name)) continue
    if (form.has(name)) throw badTokenRequest(`Send the parameter ${name} once.`)
    form.set(name, value)
  }
  const advice = codingAdvice(contentEncoding)
  if (text !== '' && form.size === 0 && advice !== '') {
    throw badTokenRequest(`The body is no form.${advice}`)
  }
  return form
}

/** The refusal of a token or revocation request that is malformed (RFC 6749 §5.2, `invalid_request`). */
export const badTokenRequest = (detail: string): ApiError =>
  new ApiError('bad-request', detail, { rule: 'token-request' })
