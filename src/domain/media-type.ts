import { badTokenRequest } from './form.ts'
import { ApiError } from './problems.ts'

const token = "[\\w!#$%&'*+.^`|~-]+"
const value = `${token}|"(?:[^"\\\\]|\\\\.)*"`
const utf8 = 'charset=(?:utf-?8|"utf-?8")'
const parameter = `(?:${utf8}|(?!charset=)${token}=(?:${value}))`
const mediaType = (name: string): RegExp =>
  new RegExp(`^${name}[ \\t]*(?:;[ \\t]*(?:${parameter}[ \\t]*)?)*$`, 'i')
const json = mediaType('application/json')
const form = mediaType('application/x-www-form-urlencoded')

/**
 * The body must be JSON in UTF-8 (CONTRACT §2; RFC 9110 §8.3).
 *
 * @param contentType - value of the `Content-Type` field; parameters are allowed, a charset is UTF-8
 * @throws ApiError `unsupported-media-type`
 */
export function requireJson(contentType: string | undefined): void {
  if (contentType !== undefined && json.test(contentType)) return
  throw new ApiError(
    'unsupported-media-type',
    'Send the body as "Content-Type: application/json".',
    {
      rule: 'media-type',
    },
  )
}

/**
 * The body of a token request must be a form in UTF-8 (RFC 6749 §4.4.2, appendix B).
 *
 * @throws ApiError `bad-request`: OAuth has no error of its own for it
 */
export function requireFormType(contentType: string | undefined): void {
  if (contentType !== undefined && form.test(contentType)) return
  throw badTokenRequest('Send the body as Content-Type: application/x-www-form-urlencoded.')
}
