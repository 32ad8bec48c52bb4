import { instantOf, type Clock } from '../../base/clock.ts'
import { guardedClock } from '../../base/guards.ts'
import type { ClockReading, ClockSetting } from './schema.ts'

/** Clock of a sandbox, which tests can set. */
export class SettableClock {
  readonly #system: Clock
  #setting: ClockSetting = { mode: 'system' }
  #now: Clock

  /** @param system - the clock that it follows until it is set */
  constructor(system: Clock) {
    this.#system = system
    this.#now = guardedClock(system)
  }

  /**
   * Current time, in milliseconds since 1970-01-01T00:00:00Z.
   *
   * @throws Error if the system clock fails
   */
  readonly now: Clock = () => this.#now()

  /** Sets the clock. If the system clock fails, nothing changes. */
  set(setting: ClockSetting): ClockReading {
    const { mode, offsetMs = 0 } = setting
    const { instant = mode === 'frozen' ? instantOf(this.#now()) : '' } = setting
    const frozenMs = Date.parse(instant)
    const now = guardedClock(
      {
        system: this.#system,
        frozen: () => frozenMs,
        offset: () => this.#system() + offsetMs,
      }[mode],
    )
    const set: ClockSetting = mode === 'frozen' ? { mode, instant } : { ...setting }
    const reading = { ...set, now: instantOf(now()) }
    this.#setting = set
    this.#now = now
    return reading
  }

  /** Follows the system clock again, even if that fails. */
  reset(): void {
    this.#setting = { mode: 'system' }
    this.#now = guardedClock(this.#system)
  }

  read(): ClockReading {
    return { ...this.#setting, now: instantOf(this.#now()) }
  }
}
