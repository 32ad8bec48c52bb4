import type { Lazy } from '../../base/lazy.ts'
import { refuseViolations, requireShape } from '../../base/problems/validate.ts'
import type { SandboxState } from '../../wink/state.ts'
import type { SettableClock } from '../clock/clock.ts'
import type { Deliveries } from '../deliveries/deliveries.ts'
import type { HeldRequests } from '../faults/held-requests.ts'
import type { FaultStore } from '../faults/store.ts'
import type { Journal } from '../journal/store.ts'
import { Reset, type ResetPart } from './schema.ts'

/** The stores that a reset changes. */
export interface ResetStores {
  readonly state: SandboxState
  readonly faults: FaultStore
  readonly held: HeldRequests
  readonly journal: Journal
  readonly clock: SettableClock
  readonly deliveries: Lazy<Deliveries>
  /** Receivers of the events of tenants, by managing entity. */
  readonly receivers: Map<string, string>
}

export const buildReset =
  (stores: ResetStores) =>
  (what: Reset = {}): void => {
    reset(requireShape(Reset, what, 'The reset') as Reset, stores)
  }

function reset({ only, managingEntityIdentifier: entity }: Reset, stores: ResetStores): void {
  if (entity !== undefined) refuseClock(only)
  if (entity === undefined && only === undefined) {
    stores.state.resetAccounts()
    stores.receivers.clear()
  }
  const parts = only ?? allParts
  for (const part of parts) {
    if (part !== 'clock' || entity === undefined) resets[part](stores, entity, parts)
  }
}

/**
 * How each part is reset.
 *
 * @param entity - the managing entity; undefined for all
 * @param parts - all parts of this reset
 */
const resets: Record<
  ResetPart,
  (stores: ResetStores, entity: string | undefined, parts: readonly ResetPart[]) => void
> = {
  webhooks: ({ state }, entity) => {
    state.resetWebhooks(entity)
  },
  faults: ({ faults, held }, entity, parts) => {
    faults.clear(entity)
    held.reset(entity, parts.includes('requests'))
  },
  requests: ({ journal }, entity) => {
    journal.remove(entity === undefined ? {} : { managingEntityIdentifier: entity })
  },
  deliveries: ({ deliveries }, entity) => {
    const filter = entity === undefined ? {} : { managingEntityIdentifier: entity }
    deliveries.built?.remove(filter, 'The sandbox was reset.')
  },
  clock: ({ clock }) => {
    clock.reset()
  },
}

const allParts = Object.keys(resets) as ResetPart[]

/** @throws ApiError `bad-request` if one of the parts is the clock, which all managing entities share */
function refuseClock(only: readonly ResetPart[] = []): void {
  const clock = only.indexOf('clock')
  if (clock === -1) return
  const detail = 'must be another part: all managing entities share the clock'
  refuseViolations('The reset', { total: 1, listed: [{ pointer: `#/only/${clock}`, detail }] })
}
