import { ClockSetting } from '../schema.ts'
import type { Violation } from '../../base/problems/schema.ts'
import { refuseViolations, requireShape } from '../../base/problems/validate.ts'

/** Years of four digits: RFC 3339 has no others. */
const isoDate = /^\d{4}-/

/**
 * A setting that a clock can take.
 *
 * @throws ApiError `bad-request` that points at what is wrong
 */
export function requireClockSetting(value: unknown): ClockSetting {
  const setting = requireShape(ClockSetting, value, 'The clock')
  const { mode, instant, offsetMs } = setting
  const violations: Violation[] = []
  if (mode !== 'frozen' && instant !== undefined) {
    violations.push({ pointer: '#/instant', detail: 'must be left out: it goes with mode frozen' })
  }
  if (instant !== undefined && !isoDate.test(new Date(instant).toISOString())) {
    violations.push({ pointer: '#/instant', detail: 'must be in the years 0000 to 9999, in UTC' })
  }
  if (mode !== 'offset' && offsetMs !== undefined) {
    violations.push({ pointer: '#/offsetMs', detail: 'must be left out: it goes with mode offset' })
  }
  if (mode === 'offset' && offsetMs === undefined) {
    violations.push({ pointer: '#/offsetMs', detail: 'must be present: it goes with mode offset' })
  }
  refuseViolations('The clock', { total: violations.length, listed: violations })
  return setting
}
