import { inspect } from 'node:util'

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

/**
 * An option that is not known would be ignored, and with it what it was meant to do.
 *
 * @param known - the names that there are
 * @throws RangeError that names the stranger, and all that there are
 */
export function requireKnownOptions(options: unknown, known: Readonly<Record<string, true>>): void {
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(`options must be an object, not ${inspect(options)}`)
  }
  const stranger = Object.keys(options).find((name) => !Object.hasOwn(known, name))
  if (stranger === undefined) return
  throw new RangeError(`${stranger} is no option; use ${Object.keys(known).join(', ')}`)
}

/**
 * An option that is a text has at least one character: an empty one comes from a variable that is not set.
 *
 * @throws RangeError that says which option, and what it takes
 */
export function requireText(option: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(option)) {
    if (value === undefined || (typeof value === 'string' && value !== '')) continue
    throw new RangeError(`${name} must be text of at least 1 character, not ${inspect(value)}`)
  }
}

/**
 * An option that is called is a function.
 *
 * @throws RangeError that says which option, and what it takes
 */
export function requireFunction(option: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(option)) {
    if (value === undefined || typeof value === 'function') continue
    throw new RangeError(`${name} must be a function, not ${inspect(value)}`)
  }
}

/** The methods of a logger that Fastify calls. */
export const logMethods = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'child']

/**
 * A logger is one of pino's, or can do the same.
 *
 * @throws RangeError that says what it lacks
 */
export function requireLogger(logger: unknown): void {
  if (logger === undefined) return
  const methods = Object(logger) as Record<string, unknown>
  const lacking = logMethods.filter((name) => typeof methods[name] !== 'function')
  if (lacking.length === 0) return
  throw new RangeError(
    `logger has no ${lacking.join(', ')}; give one such as pino's, or none to log nothing`,
  )
}
