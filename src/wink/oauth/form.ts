import type { preParsingHookHandler, preValidationHookHandler } from 'fastify'
import { ApiError } from '../../base/problems/problems.ts'
import { readBody } from '../../http/body-reader.ts'
import { codingAdvice } from '../../http/content-coding.ts'
import { isMediaType } from '../../http/media-type.ts'

/** The parameters of a form, each once. */
export type Form = ReadonlyMap<string, string>

/** Requires the media type of a form (RFC 6749 §3.2), before the body is read. */
export const requireFormMediaType: preParsingHookHandler = ({ headers }, _reply, payload, next) => {
  if (!isMediaType(headers['content-type'], 'application/x-www-form-urlencoded')) {
    // OAuth defines no error code for a wrong media type (RFC 6749 §4.4.2, appendix B).
    throw badTokenRequest('Send the body as Content-Type: application/x-www-form-urlencoded.')
  }
  next(null, payload)
}

/** Reads the body and parses it as a form with these parameters. */
export const readForm =
  (names: readonly string[]): preValidationHookHandler =>
  (request, _reply, next) => {
    readBody(
      request,
      ({ text }) => parseForm(text, names, request.headers['content-encoding']),
      next,
    )
  }

/**
 * The parameters of a token or revocation request (RFC 6749 §3.2). Parameters without a value count as omitted (§3.1);
 * unknown ones are ignored.
 *
 * @param text - `application/x-www-form-urlencoded`
 * @param names - of the known parameters
 * @param contentEncoding - value of `Content-Encoding`
 * @throws ApiError `bad-request` if a parameter is repeated, or if an encoded body has no parameter
 */
function parseForm(
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

/** The refusal of a malformed token or revocation request (RFC 6749 §5.2, `invalid_request`). */
export const badTokenRequest = (detail: string): ApiError =>
  new ApiError('bad-request', detail, { rule: 'token-request' })
