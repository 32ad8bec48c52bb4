import type { SandboxData } from '../../wink/types.ts'
import type { SandboxState } from '../../wink/state.ts'
import type { Views } from '../views.ts'

/** Exports and imports the state: managing entities, tokens, clients and webhooks. */
export interface StateControl {
  /** Exports the state in the form of a data file. */
  export(): SandboxData
  /**
   * Replaces the state, and forgets revocations.
   *
   * @throws DataError if `data` is invalid; nothing has changed then
   */
  import(data: SandboxData): void
}

export const buildStateControl = (state: SandboxState, views: Views): StateControl => ({
  export: () => {
    const { webhooks, ...others } = views.state()
    return { ...others, webhooks: webhooks.toJSON() }
  },
  import: (data) => {
    state.import(data)
  },
})
