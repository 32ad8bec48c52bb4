import type { LazyList } from '../base/json/lazy-list.ts'
import { ApiError } from '../base/problems/problems.ts'
import { requireShape } from '../base/problems/validate.ts'
import { EntityFilter } from './schema.ts'
import { RequestFilter } from './journal/schema.ts'
import type { Webhook } from '../wink/webhooks/schema.ts'
import type { Journal } from './journal/store.ts'
import type { SandboxState } from '../wink/state.ts'

/**
 * What may be long of what the controls show, worked out as it is looked at: the library makes lists of
 * it, HTTP sends it piece by piece.
 */
export interface Views {
  readonly webhooks: (filter?: EntityFilter) => LazyList<Webhook>
  readonly state: SandboxState['export']
}

export const buildViews = ({ state }: { readonly state: SandboxState }): Views => ({
  webhooks: (filter) => state.webhooks(entityOf(filter)),
  state: () => state.export(),
})

/** The managing entity that a filter names, if it names one. */
export const entityOf = (filter: EntityFilter = {}): string | undefined =>
  requireShape(EntityFilter, filter, 'The filter').managingEntityIdentifier

/** @throws ApiError `conflict` if there is no journal, `bad-request` if `filter` is none */
export function requireRequestFilter(journal: Journal, filter: unknown): RequestFilter {
  requireJournal(journal)
  return requireShape(RequestFilter, filter, 'The filter')
}

/** @throws ApiError `conflict` if there is no journal */
export function requireJournal({ isOn }: Journal): void {
  if (isOn) return
  throw new ApiError('conflict', 'The journal is off; start without --max-journal-entries 0.')
}
