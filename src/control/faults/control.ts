import { maskedText } from '../../base/masking/text.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { requireId } from '../../base/problems/validate.ts'
import { entityOf } from '../schema.ts'
import type { EntityFilter } from '../types.ts'
import { requireFaultRule } from './rule.ts'
import type { FaultStore } from './store.ts'
import type { ArmedFault, FaultRule } from './types.ts'

/** Controls faults. */
export interface FaultControl {
  /**
   * Arms a rule, after those that are already armed.
   *
   * @throws ApiError `bad-request` if the rule is invalid, `conflict` if too many are armed
   */
  arm(rule: FaultRule): ArmedFault
  /** Lists the rules in order, including those that are used up. */
  list(filter?: EntityFilter): ArmedFault[]
  /**
   * Shows the rule with this id.
   *
   * @throws ApiError `not-found` if there is none
   */
  get(id: string): ArmedFault
  /**
   * Removes the rule with this id.
   *
   * @throws ApiError `not-found` if there is none
   */
  remove(id: string): void
  /** Removes all rules, or those whose `match` names a managing entity. */
  clear(filter?: EntityFilter): void
}

export function buildFaultControl(faults: FaultStore): FaultControl {
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
