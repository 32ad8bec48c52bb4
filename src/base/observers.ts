/** Those that want to know of values as they come. */
export class Observers<Value> {
  readonly #observers = new Set<(value: Value) => void>()

  /**
   * Calls `observe` with each value from now on.
   *
   * @returns a function that stops it
   */
  observe(observe: (value: Value) => void): () => void {
    this.#observers.add(observe)
    return () => this.#observers.delete(observe)
  }

  notify(value: Value): void {
    for (const observe of this.#observers) observe(value)
  }
}
