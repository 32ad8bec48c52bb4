/** Gives the time, in milliseconds since 1970-01-01T00:00:00Z. */
export type Clock = () => number

/** The time of the machine. */
export const systemClock: Clock = () => Date.now()

/**
 * An instant as records and answers have it (RFC 3339 §5.6), such as `2026-01-14T09:30:00.000Z`.
 *
 * @param ms - milliseconds since 1970-01-01T00:00:00Z
 */
export const instantOf = (ms: number): string => new Date(ms).toISOString()

/** Gives instants as records have them. Those of the same millisecond are one text, made once. */
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
 * A clock that stands still.
 *
 * @param instant - RFC 3339 date and time, such as `2026-01-14T09:30:00.000Z`
 * @throws RangeError if `instant` is not one
 */
export function fixedClock(instant: string): Clock {
  const now = Date.parse(instant)
  if (Number.isNaN(now)) throw new RangeError(`fixedClock: "${instant}" is not a date and time`)
  return () => now
}
