import { safeParse } from 'fast-content-type-parse'
import { ApiError } from '../base/problems/problems.ts'

/** Whether a `Content-Type` is this media type, in UTF-8 (RFC 9110 §8.3). Other parameters are allowed. */
export function isMediaType(contentType: string | undefined, mediaType: string): boolean {
  if (contentType === mediaType) return true // Parsing is slow.
  const { type, parameters } = safeParse(contentType ?? '')
  const { charset = 'utf-8' } = parameters
  return type === mediaType && /^utf-?8$/i.test(charset)
}

/**
 * The body must be JSON in UTF-8 (CONTRACT §2).
 *
 * @param contentType - value of the `Content-Type` field
 * @throws ApiError `unsupported-media-type`
 */
export function requireJson(contentType: string | undefined): void {
  if (isMediaType(contentType, 'application/json')) return
  throw new ApiError(
    'unsupported-media-type',
    'Send the body as "Content-Type: application/json"; a charset can only be UTF-8.',
    { rule: 'media-type' },
  )
}
