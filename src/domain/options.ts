/** The longest time that a timer of Node.js can wait, in ms, and enough of anything else. */
const largest = 2 ** 31 - 1

/**
 * An option that counts something is a whole number.
 *
 * @param option - its name and its value
 * @throws RangeError that says which option, and what it takes
 */
export function requireWholeNumber(
  option: Readonly<Record<string, unknown>>,
  minimum: number,
  maximum = largest,
): void {
  for (const [name, value] of Object.entries(option)) {
    if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum) continue
    const range = `a whole number from ${minimum} to ${maximum}`
    throw new RangeError(`${name} must be ${range}, not ${typeof value} ${String(value)}`)
  }
}
