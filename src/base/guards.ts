import { inspect } from 'node:util'
import { Check } from '@sinclair/typebox/value'
import { systemClock, type Clock } from './clock.ts'
import type { IdSource } from './ids.ts'
import { logMethods } from './options.ts'
import { Uuid } from './schema/formats.ts'

// Wrappers of what a user of the library passes in: whatever these functions and loggers do, the sandbox goes on.

/** The years 0000 to 9999, which RFC 3339 can write, in milliseconds since 1970-01-01T00:00:00Z. */
const firstMs = Date.parse('0000-01-01T00:00:00.000Z')
const lastMs = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Wraps a user's clock so that it gives a valid time or throws.
 *
 * @throws Error when called, if the clock throws or gives anything else; its `cause` is the clock's error
 */
export const guardedClock = (clock: Clock): Clock =>
  guarded('clock', clock, {
    isValid: (ms) => typeof ms === 'number' && ms >= firstMs && ms <= lastMs,
    expected: 'milliseconds since 1970-01-01T00:00:00Z, in the years 0 to 9999',
  })

/**
 * A clock that never throws: if `clock` does, it gives the system time.
 *
 * @param report - gets the error of `clock`
 */
export const steadyClock =
  (clock: Clock, report: (error: unknown) => void): Clock =>
  () => {
    try {
      return clock()
    } catch (error) {
      report(error)
      return systemClock()
    }
  }

/**
 * Wraps a user's source of ids so that it gives a UUID or throws: an export with other ids could not be imported.
 *
 * @throws Error when called, as {@link guardedClock} does
 */
export const guardedIds = (ids: IdSource): IdSource =>
  guarded('ids', ids, {
    isValid: (id) => Check(Uuid, id),
    expected: 'a UUID, such as d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  })

function guarded<Value>(
  name: string,
  source: () => Value,
  {
    isValid,
    expected,
  }: { readonly isValid: (value: unknown) => boolean; readonly expected: string },
): () => Value {
  return () => {
    let value: Value
    try {
      value = source()
    } catch (cause) {
      const thrown = nameOf(cause)
      // A logger could not print a cause that cannot be inspected.
      throw new Error(`${name}: threw ${thrown}`, thrown === uninspectable ? {} : { cause })
    }
    if (isValid(value)) return value
    ignoreRejection(value)
    throw new Error(`${name}: gave ${nameOf(value)}; it must give ${expected}`)
  }
}

/** Wraps a user's logger so that its methods never throw or reject; a line that cannot be logged is lost. */
export function guardedLogger<Logger extends object>(logger: Logger): Logger {
  const methods = logger as Record<string, (...values: unknown[]) => unknown>
  const call = (name: string, values: readonly unknown[]): unknown => {
    try {
      const result = methods[name]?.(...values)
      ignoreRejection(result)
      return result
    } catch {
      return undefined
    }
  }
  const safe = Object.create(logger) as Logger
  for (const name of logMethods) {
    const value =
      name === 'child'
        ? (...values: unknown[]) => childOf(call(name, values)) ?? safe
        : (...values: unknown[]) => void call(name, values)
    Object.defineProperty(safe, name, { value, writable: true, configurable: true })
  }
  return safe
}

const childOf = (child: unknown): object | undefined =>
  typeof child === 'object' && child !== null ? guardedLogger(child) : undefined

/** A user may pass an async function where a plain one belongs; its rejection must not end the process. */
function ignoreRejection(value: unknown): void {
  if (value instanceof Promise) value.catch(() => undefined)
}

const uninspectable = 'what cannot be shown'

/** Describes a value or an error on one line. Never throws, not even for a proxy that does. */
export function nameOf(value: unknown): string {
  try {
    return value instanceof Error
      ? `${value.name}: ${value.message}`
      : inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 100 })
  } catch {
    return uninspectable
  }
}
