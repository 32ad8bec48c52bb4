import { ambiguitiesOf } from '../wink/switches/ambiguities.ts'
import { requireClockSetting } from './clock/setting.ts'
import { requireFaultRule } from './faults/rule.ts'
import { addressesOf, type OwnAddress } from '../base/own-address.ts'
import { maskedText } from '../base/masking/text.ts'
import { ApiError } from '../base/problems/problems.ts'
import { refuseViolations, requireId, requireShape } from '../base/problems/validate.ts'
import type { IdSource } from '../base/ids.ts'
import { Reset, TenantInput, type ResetPart } from './schema.ts'
import type { ArmedFault } from './faults/schema.ts'
import type { Switches } from '../wink/switches/switches.ts'
import type { SettableClock } from './clock/clock.ts'
import type { FaultStore } from './faults/store.ts'
import type { HeldRequests } from './faults/held-requests.ts'
import type { Journal } from './journal/store.ts'
import type { SandboxState } from '../wink/state.ts'
import type { Control, FaultControl, RequestControl } from './control.ts'
import { entityOf, type Views } from './views.ts'

/** What a control works on. */
export interface ControlParts {
  readonly faults: FaultStore
  readonly held: HeldRequests
  readonly journal: Journal
  readonly state: SandboxState
  readonly clock: SettableClock
  readonly requests: RequestControl
  readonly views: Views
  readonly tenantIds: IdSource
  readonly switches: Switches
  readonly ownAddress: OwnAddress
}

/** The one set of controls that HTTP and the library share. */
export function buildControl(parts: ControlParts): Control {
  const { state, clock, requests, views, tenantIds, ownAddress } = parts
  return {
    faults: buildFaultControl(parts.faults),
    requests,
    webhooks: {
      list: (filter) => views.webhooks(filter).toJSON(),
    },
    state: {
      export: () => {
        const { webhooks, ...others } = views.state()
        return { ...others, webhooks: webhooks.toJSON() }
      },
      import: (data) => {
        state.import(data)
      },
    },
    tenants: {
      create: (input = {}) => {
        const identifier = state.unusedEntity(tenantIds)
        const { name = `Tenant ${identifier.slice(0, 8)}` } = requireShape(
          TenantInput,
          input,
          'The tenant',
        )
        const token = `tenant-${tenantIds()}`
        const [clientId, clientSecret] = [`client-${tenantIds()}`, `secret-${tenantIds()}`]
        state.admit({ identifier, name }, token, { id: clientId, secret: clientSecret })
        return {
          managingEntityIdentifier: identifier,
          name,
          token,
          clientId,
          clientSecret,
          ...addressesOf(ownAddress.baseUrl),
        }
      },
    },
    clock: {
      read: () => clock.read(),
      set: (setting) => clock.set(requireClockSetting(setting)),
    },
    ambiguities: {
      list: () => ambiguitiesOf(parts.switches),
    },
    reset: (what = {}) => {
      reset(requireShape(Reset, what, 'The reset'), parts)
    },
  }
}

function buildFaultControl(faults: FaultStore): FaultControl {
  const requireFault = (id: string): ArmedFault => {
    const fault = faults.get(requireId(id))
    if (fault) return fault
    throw new ApiError(
      'not-found',
      `There is no fault ${maskedText(id)}; it was removed, or never armed.`,
    )
  }
  return {
    arm: (rule) => faults.arm(requireFaultRule(rule)),
    list: (filter) => faults.list(entityOf(filter)),
    get: requireFault,
    remove: (id) => {
      faults.remove(requireFault(id).id)
    },
    clear: (filter) => {
      faults.clear(entityOf(filter))
    },
  }
}

/**
 * How each part goes back to the start.
 *
 * @param entity - the managing entity; all of them without it
 * @param all - the parts that are reset
 */
const resets: Record<
  ResetPart,
  (parts: ControlParts, entity: string | undefined, all: readonly ResetPart[]) => void
> = {
  webhooks: ({ state }, entity) => {
    state.resetWebhooks(entity)
  },
  faults: ({ faults, held }, entity, all) => {
    faults.clear(entity)
    held.reset(entity, all.includes('requests'))
  },
  requests: ({ journal }, entity) => {
    journal.remove(entity === undefined ? {} : { managingEntityIdentifier: entity })
  },
  clock: ({ clock }) => {
    clock.reset()
  },
}

const allParts = Object.keys(resets) as ResetPart[]

function reset({ only, managingEntityIdentifier: entity }: Reset, parts: ControlParts): void {
  if (entity !== undefined) requireOwnParts(only)
  if (entity === undefined && only === undefined) parts.state.resetAccounts()
  const all = only ?? allParts
  for (const part of all) {
    if (part !== 'clock' || entity === undefined) resets[part](parts, entity, all)
  }
}

/** @throws ApiError `bad-request` if one of the parts belongs to no managing entity */
function requireOwnParts(only: readonly ResetPart[] = []): void {
  const clock = only.indexOf('clock')
  if (clock === -1) return
  const detail = 'must be another part: all managing entities share the clock'
  refuseViolations('The reset', { total: 1, listed: [{ pointer: `#/only/${clock}`, detail }] })
}
