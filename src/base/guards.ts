import { inspect } from 'node:util'
import { Check } from '@sinclair/typebox/value'
import { Uuid } from './schema/formats.ts'
import { systemClock, type Clock } from './clock.ts'
import { logMethods } from './options.ts'
import type { IdSource } from './ids.ts'

/** The years 0000 to 9999, which RFC 3339 can write; in milliseconds since 1970-01-01T00:00:00Z. */
const firstMs = Date.parse('0000-01-01T00:00:00.000Z')
const lastMs = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * A clock of the user that gives instants or throws.
 *
 * @throws Error at a call, if the clock throws or gives anything else; its message says what, its `cause` is
 *   what the clock threw
 */
export const guardedClock = (clock: Clock): Clock =>
  guarded('clock', clock, {
    isRight: (ms) => typeof ms === 'number' && ms >= firstMs && ms <= lastMs,
    right: 'milliseconds since 1970-01-01T00:00:00Z, in the years 0 to 9999',
  })

/**
 * A clock that never throws: where `clock` does, it gives the time of the machine.
 *
 * @param report - gets what `clock` threw
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
 * A source of the user that gives UUIDs or throws: what a sandbox stores can be exported and imported again.
 *
 * @throws Error at a call, as {@link guardedClock}
 */
export const guardedIds = (ids: IdSource): IdSource =>
  guarded('ids', ids, {
    isRight: (id) => Check(Uuid, id),
    right: 'a UUID, such as d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  })

function guarded<Value>(
  name: string,
  source: () => Value,
  { isRight, right }: { readonly isRight: (value: unknown) => boolean; readonly right: string },
): () => Value {
  return () => {
    let value: Value
    try {
      value = source()
    } catch (cause) {
      const thrown = nameOf(cause)
      // A cause that throws when it is shown would keep the whole line out of the log.
      throw new Error(`${name}: threw ${thrown}`, thrown === unspeakable ? {} : { cause })
    }
    if (isRight(value)) return value
    ignoreRejection(value)
    throw new Error(`${name}: gave ${nameOf(value)}; it must give ${right}`)
  }
}

/** A logger of the user whose methods never throw or reject: a line that cannot be logged is lost. */
export function guardedLogger<Logger extends object>(logger: Logger): Logger {
  const methods = logger as Record<string, (...values: unknown[]) => unknown>
  const call = (name: string, values: readonly unknown[]): unknown => {
    try {
      const result = methods[name]?.(...values)
      ignoreRejection(result)
      return result
    } catch {
      return undefined // There is no other place to tell.
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

/** An async function was given for a plain one: what it rejects with must not end the process. */
function ignoreRejection(value: unknown): void {
  if (value instanceof Promise) value.catch(() => undefined)
}

const unspeakable = 'what cannot be shown'

/** A value or an error on one line, whatever it does when it is looked at. */
export function nameOf(value: unknown): string {
  try {
    return value instanceof Error
      ? `${value.name}: ${value.message}`
      : inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 100 })
  } catch {
    return unspeakable
  }
}
