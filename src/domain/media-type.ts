import { ApiError } from './problems.ts'

const token = "[\\w!#$%&'*+.^`|~-]+"
const value = `${token}|"(?:[^"\\\\]|\\\\.)*"`
const utf8 = 'charset=(?:utf-?8|"utf-?8")'
const parameter = `(?:${utf8}|(?!charset=)${token}=(?:${value}))`
const json = new RegExp(`^application/json[ \\t]*(?:;[ \\t]*(?:${parameter}[ \\t]*)?)*$`, 'i')

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
