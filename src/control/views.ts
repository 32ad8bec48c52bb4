import type { LazyList } from '../domain/lazy-list.ts'
import { ApiError } from '../domain/problems.ts'
import { requireShape } from '../domain/shape.ts'
import { EntityFilter } from '../schemas/control.ts'
import { RequestFilter } from '../schemas/journal.ts'
import type { Webhook } from '../schemas/webhook.ts'
import type { Journal } from '../stores/journal.ts'
import type { SandboxState } from '../stores/state.ts'

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
