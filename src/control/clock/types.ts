/** The clock follows the time of the machine, or the option `clock`. */
export interface SystemClockSetting {
  /** `system`: follows the machine; `frozen`: stands still; `offset`: runs ahead or behind. */
  readonly mode: 'system'
  readonly instant?: never
  readonly offsetMs?: never
}

/** The clock stands still. */
export interface FrozenClockSetting {
  /** `system`: follows the machine; `frozen`: stands still; `offset`: runs ahead or behind. */
  readonly mode: 'frozen'
  /** The time that it shows: date and time with offset (RFC 3339), years 0 to 9999. Default: now. */
  readonly instant?: string
  readonly offsetMs?: never
}

/** A clock that differs from the system clock by a fixed time. */
export interface OffsetClockSetting {
  /** `system`: follows the machine; `frozen`: stands still; `offset`: runs ahead or behind. */
  readonly mode: 'offset'
  readonly instant?: never
  /** How far it is ahead of the system clock, in ms; negative: behind it. At most 1,000 calendar years. */
  readonly offsetMs: number
}

/** How to set the clock of a sandbox. */
export type ClockSetting = SystemClockSetting | FrozenClockSetting | OffsetClockSetting

/** The setting of a clock, and its current time. */
export type ClockReading = ClockSetting & {
  /** The time that it shows now: date and time in UTC (RFC 3339). */
  readonly now: string
}
