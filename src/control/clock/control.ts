import { instantOf } from '../../base/clock.ts'
import type { Violation } from '../../base/problems/schema.ts'
import { refuseViolations, requireShape } from '../../base/problems/validate.ts'
import type { SettableClock } from './clock.ts'
import { ClockSetting as ClockSettingSchema, ClockStep, maxOffsetMs } from './schema.ts'
import type { ClockReading, ClockSetting } from './types.ts'

/** Controls the clock that timestamps and the expiry of tokens follow. */
export interface ClockControl {
  /** Shows its setting and its current time. */
  read(): ClockReading
  /** Sets the clock; shows what it is then. */
  set(setting: ClockSetting): ClockReading
  /**
   * Moves the clock forward. A frozen clock stands at the later instant; any other goes on, ahead of the system clock.
   *
   * @param ms - how far, in ms: a whole number from 0 to 1,000 years
   * @throws ApiError `bad-request` if `ms` is no such number, or takes the clock further than it can be set
   */
  advance(ms: number): ClockReading
}

export const buildClockControl = (clock: SettableClock): ClockControl => ({
  read: () => clock.read(),
  set: (setting) => clock.set(requireClockSetting(setting)),
  advance: (ms) =>
    clock.set(advanced(clock.read(), requireShape(ClockStep, { ms }, 'The step').ms)),
})

/**
 * The setting of a clock that is moved forward.
 *
 * @throws ApiError `bad-request` if the clock cannot be set that far
 */
function advanced({ mode, offsetMs = 0, now }: ClockReading, ms: number): ClockSetting {
  if (mode === 'frozen') {
    const instant = instantOf(Date.parse(now) + ms)
    if (!isoDate.test(instant)) refuseStep('must leave the clock in the years 0000 to 9999')
    return { mode, instant }
  }
  if (offsetMs + ms > maxOffsetMs) {
    refuseStep(`must be at most ${maxOffsetMs - offsetMs}: a clock is at most 1,000 years ahead`)
  }
  return { mode: 'offset', offsetMs: offsetMs + ms }
}

function refuseStep(detail: string): void {
  refuseViolations('The step', { total: 1, listed: [{ pointer: '#/ms', detail }] })
}

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
