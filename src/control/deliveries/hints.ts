import type { AccountStore } from '../../wink/auth/accounts.ts'
import { catalogueHint } from '../../wink/webhooks/event-name-causes.ts'
import type { EventFacts } from './delivery.ts'
import type { GivenTrigger } from './trigger.ts'

/** Number of deliveries that the answer to a trigger shows whole. */
export const maxShown = 100

/**
 * Remarks on an event that was triggered.
 *
 * @param count - number of its deliveries
 */
export function* hintsOf(
  { managingEntityIdentifier: entity }: GivenTrigger,
  { id, type }: EventFacts,
  count: number,
  accounts: AccountStore,
): Generator<string> {
  const hint = catalogueHint(type)
  if (hint !== undefined) yield hint
  if (count > maxShown) {
    yield `Of ${count} deliveries the first ${maxShown} are shown whole, and the others that are kept with id and state; GET /__admin/deliveries?eventId=${id} shows all that are kept.`
  }
  if (count > 0) return
  yield accounts.hasManagingEntity(String(entity))
    ? 'The managing entity has no webhook: create one, then trigger the event again.'
    : 'The sandbox has no such managing entity: those of its data and its tenants exist.'
}
