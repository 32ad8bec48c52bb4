import { journaledRequest } from './view.ts'
import { maskedText } from '../../base/masking/text.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { requireId } from '../../base/problems/validate.ts'
import type { JournaledRequest } from './schema.ts'
import type { Journal } from './store.ts'
import type { Turns } from '../../base/turns.ts'
import type { RequestControl } from '../control.ts'
import type { RequestWaits } from './waits.ts'
import { requireJournal, requireRequestFilter } from '../views.ts'

/** The journal as the library asks it: at once, but for waits. */
export function buildRequestControl(
  journal: Journal,
  waits: RequestWaits,
  turns: Turns,
): RequestControl {
  return {
    find: (filter = {}) =>
      journal.find(requireRequestFilter(journal, filter)).map(journaledRequest),
    count: (filter = {}) => journal.find(requireRequestFilter(journal, filter)).length,
    get: (id) => {
      requireJournal(journal)
      const exchange = journal.get(requireId(id))
      if (exchange) return journaledRequest(exchange)
      throw new ApiError(
        'not-found',
        `The journal holds no request ${maskedText(id)}, or no longer.`,
      )
    },
    clear: (filter = {}) => {
      journal.remove(requireRequestFilter(journal, filter))
    },
    wait: async (what = {}, signal) => {
      const requests: JournaledRequest[] = []
      for await (const request of turns.over(await waits.wait(what, signal))) requests.push(request)
      return requests
    },
  }
}
