import type { LazyList } from '../base/json/lazy-list.ts'
import type { Webhook } from '../wink/webhooks/schema.ts'
import type { SandboxState } from '../wink/state.ts'
import { entityOf, type EntityFilter } from './schema.ts'

/** Lazy results that may be large: HTTP sends them in pieces, the library turns them into arrays. */
export interface Views {
  readonly webhooks: (filter?: EntityFilter) => LazyList<Webhook>
  readonly state: SandboxState['export']
}

export const buildViews = ({ state }: { readonly state: SandboxState }): Views => ({
  webhooks: (filter) => state.webhooks(entityOf(filter)),
  state: () => state.export(),
})
