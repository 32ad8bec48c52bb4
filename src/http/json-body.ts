import { codingAdvice } from './content-coding.ts'
import { parseJson } from '../base/json/parse.ts'
import { ApiError } from '../base/problems/problems.ts'
import type { RequestBody } from './request-body.ts'

/**
 * The value of a body that must be JSON (CONTRACT §1 step 7).
 *
 * @param contentEncoding - value of `Content-Encoding`
 * @throws ApiError `bad-request` that says where it breaks
 */
export function requireJsonBody(
  { length, bytes }: RequestBody,
  contentEncoding: string | undefined,
): unknown {
  if (length === 0) throw brokenBody('The body is empty; send a JSON object.')
  const parsed = parseJson(bytes)
  if ('value' in parsed) return parsed.value
  throw brokenBody(`The body is not JSON: ${parsed.failure}.${codingAdvice(contentEncoding)}`)
}

const brokenBody = (detail: string): ApiError =>
  new ApiError('bad-request', detail, { rule: 'body-json' })
