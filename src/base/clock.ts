/** Gives the current time in milliseconds since 1970-01-01T00:00:00Z. */
export type Clock = () => number

/** The system time. */
export const systemClock: Clock = () => Date.now()

/**
 * Formats an instant by RFC 3339 §5.6, such as `2026-01-14T09:30:00.000Z`.
 *
 * @param ms - milliseconds since 1970-01-01T00:00:00Z
 */
export const instantOf = (ms: number): string => new Date(ms).toISOString()

/** Gives the current instant as text; reuses the text within a millisecond. */
export function instantsOf(clock: Clock): () => string {
  let lastMs: number | undefined
  let last = ''
  return () => {
    const ms = clock()
    if (ms !== lastMs) {
      last = instantOf(ms)
      lastMs = ms
    }
    return last
  }
}

/**
 * A stopped clock.
 *
 * @param instant - RFC 3339 date and time, such as `2026-01-14T09:30:00.000Z`
 * @throws RangeError if `instant` is not a date and time
 */
export function fixedClock(instant: string): Clock {
  const now = Date.parse(instant)
  if (Number.isNaN(now)) throw new RangeError(`fixedClock: "${instant}" is not a date and time`)
  return () => now
}
