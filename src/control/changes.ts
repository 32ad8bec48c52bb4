import { Observers } from '../base/observers.ts'
import type { ChangedPart } from './types.ts'

/** Tells its observers which part of a sandbox an operation of its control has changed. */
export class Changes {
  readonly #observers = new Observers<ChangedPart>()

  /**
   * Calls `observe` after each change from now on.
   *
   * @returns a function that stops it
   */
  observe(observe: (part: ChangedPart) => void): () => void {
    return this.#observers.observe(observe)
  }

  /** Makes operations tell the observers when they have succeeded. */
  announced<Operations extends object>(
    operations: Operations,
    names: readonly (keyof Operations)[],
    part: ChangedPart,
  ): Operations {
    const announce = (): void => {
      this.#observers.notify(part)
    }
    const announcing = names.map((name) => {
      const operation = operations[name] as (...values: unknown[]) => unknown
      return [
        name,
        (...values: unknown[]): unknown => {
          const result = operation(...values)
          if (result instanceof Promise) void result.then(announce, () => undefined)
          else announce()
          return result
        },
      ]
    })
    return { ...operations, ...(Object.fromEntries(announcing) as Partial<Operations>) }
  }
}
