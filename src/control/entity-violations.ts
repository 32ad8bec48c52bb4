import type { Violation } from '../base/problems/types.ts'
import { namesManagingEntity } from '../wink/operation-names.ts'
import type { Operation } from '../wink/types.ts'

/** The parts of a match or a filter that select an operation and a managing entity. */
interface Selection {
  readonly operation?: Operation | undefined
  readonly managingEntityIdentifier?: string | undefined
}

/**
 * The violation of a selection that no request can satisfy: requests below `/oauth2` belong to no managing entity, and so
 * to no tenant.
 *
 * @param pointer - pointer to the selection
 */
export function* entityViolations(
  { operation, managingEntityIdentifier }: Selection,
  pointer: string,
): Generator<Violation, void> {
  if (operation === undefined || managingEntityIdentifier === undefined) return
  if (namesManagingEntity(operation)) return
  yield {
    pointer: `${pointer}/operation`,
    detail: `must be another one: no request of ${operation} belongs to a managing entity or a tenant`,
  }
}
