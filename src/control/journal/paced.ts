import { journaledRequest } from './view.ts'
import { LazyList } from '../../base/json/lazy-list.ts'
import type { JournaledRequest, RequestFilter } from './schema.ts'
import type { Journal } from './store.ts'
import type { Entry } from './entry.ts'
import type { Turns } from '../../base/turns.ts'
import { requireRequestFilter } from '../views.ts'

/** The journal as HTTP asks it: piece by piece, so that others are served meanwhile. */
export interface PacedRequests {
  /** Requests, oldest first. Each is diagnosed and masked when the list is walked. */
  find(filter: RequestFilter): Promise<LazyList<JournaledRequest>>
  count(filter: RequestFilter): Promise<number>
  /** Forgets the requests that are there when it is called. */
  clear(filter: RequestFilter): Promise<void>
}

export function buildPacedRequests(journal: Journal, turns: Turns): PacedRequests {
  const matching = async (filter: RequestFilter): Promise<Entry[]> =>
    entriesOf(journal, journal.matcher(requireRequestFilter(journal, filter)), turns)
  return {
    find: async (filter) => LazyList.of(await matching(filter), journaledRequest),
    count: async (filter) => (await matching(filter)).length,
    clear: async (filter) => {
      journal.forget(await matching(filter))
    },
  }
}

/** The entries of the journal that match, found piece by piece. */
export async function entriesOf(
  journal: Journal,
  matches: (entry: Entry) => boolean,
  turns: Turns,
): Promise<Entry[]> {
  const found: Entry[] = []
  for await (const entry of turns.over(journal.all())) if (matches(entry)) found.push(entry)
  return found
}
