import type { Violation } from '../../base/problems/schema.ts'
import { refuseViolations, requireShape } from '../../base/problems/validate.ts'
import type { SettableClock } from './clock.ts'
import { ClockSetting as ClockSettingSchema } from './schema.ts'
import type { ClockReading, ClockSetting } from './types.ts'

/** Controls the clock that timestamps and the expiry of tokens follow. */
export interface ClockControl {
  /** Shows its setting and its current time. */
  read(): ClockReading
  /** Sets the clock; shows what it is then. */
  set(setting: ClockSetting): ClockReading
}

export const buildClockControl = (clock: SettableClock): ClockControl => ({
  read: () => clock.read(),
  set: (setting) => clock.set(requireClockSetting(setting)),
})

/** RFC 3339 has only years of four digits. */
const isoDate = /^\d{4}-/

/** @throws ApiError `bad-request` that points at each violation */
function requireClockSetting(value: unknown): ClockSetting {
  const setting = requireShape(ClockSettingSchema, value, 'The clock')
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
  return setting as ClockSetting
}
