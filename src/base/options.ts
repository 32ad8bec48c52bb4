import { inspect } from 'node:util'
import { meantName } from './similar-names.ts'

// Checks of the options of the library.

/** The longest delay of a timer in Node.js, in ms; the default maximum of all whole numbers. */
const largest = 2 ** 31 - 1

/**
 * Checks that options are whole numbers.
 *
 * @param option - values by name
 * @throws RangeError that names the option and its range
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
 * Checks that all options are known: a misspelt one would be ignored.
 *
 * @throws RangeError that names the unknown option and lists the known ones
 */
export function requireKnownOptions(options: unknown, known: Readonly<Record<string, true>>): void {
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(`options must be an object, not ${inspect(options)}`)
  }
  const unknownName = Object.keys(options).find((name) => !Object.hasOwn(known, name))
  if (unknownName === undefined) return
  const names = Object.keys(known)
  const meant = meantName(unknownName, names)
  const advice = meant === undefined ? `use ${names.join(', ')}` : `did you mean ${meant}?`
  throw new RangeError(`${unknownName} is no option; ${advice}`)
}

/**
 * Checks that options are non-empty texts or undefined. An empty text comes from a variable that is not set.
 *
 * @param option - values by name
 * @throws RangeError that names the option
 */
export function requireText(option: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(option)) {
    if (value === undefined || (typeof value === 'string' && value !== '')) continue
    throw new RangeError(`${name} must be text of at least 1 character, not ${inspect(value)}`)
  }
}

/**
 * Checks that options are functions or undefined.
 *
 * @param option - values by name
 * @throws RangeError that names the option
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
 * Checks that a logger has all methods that Fastify calls.
 *
 * @throws RangeError that names the missing methods
 */
export function requireLogger(logger: unknown): void {
  if (logger === undefined) return
  const methods = Object(logger) as Record<string, unknown>
  const missing = logMethods.filter((name) => typeof methods[name] !== 'function')
  if (missing.length === 0) return
  throw new RangeError(
    `logger has no ${missing.join(', ')}; give one such as pino's, or none to log nothing`,
  )
}
