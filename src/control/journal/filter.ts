import { refuseViolations } from '../../base/problems/validate.ts'
import { entityViolations } from '../entity-violations.ts'
import type { RequestFilter } from './types.ts'

/**
 * Requires a filter that a request can match.
 *
 * @param document - the name of the filter at the beginning of a sentence, such as `The wait`
 * @throws ApiError `bad-request` otherwise
 */
export function requirePossible<Filter extends RequestFilter>(
  filter: Filter,
  document: string,
): Filter {
  const listed = [...entityViolations(filter, '#')]
  refuseViolations(document, { total: listed.length, listed })
  return filter
}
