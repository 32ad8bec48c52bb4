import { instantOf, type Clock } from '../domain/clock.ts'
import type { ClockReading, ClockSetting } from '../schemas/control.ts'

/** The clock of a sandbox, which a test can set. */
export class SettableClock {
  readonly #system: Clock
  #setting: ClockSetting = { mode: 'system' }
  #now: Clock

  /** @param system - what it shows until it is set */
  constructor(system: Clock) {
    this.#system = system
    this.#now = system
  }

  /** The time that it shows, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: Clock = () => this.#now()

  set(setting: ClockSetting): void {
    const { mode, offsetMs = 0 } = setting
    const { instant = instantOf(this.#now()) } = setting
    const frozenMs = Date.parse(instant)
    this.#setting = mode === 'frozen' ? { mode, instant } : { ...setting }
    this.#now = {
      system: this.#system,
      frozen: () => frozenMs,
      offset: () => this.#system() + offsetMs,
    }[mode]
  }

  read(): ClockReading {
    return { ...this.#setting, now: instantOf(this.#now()) }
  }
}
