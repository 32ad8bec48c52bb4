/** Number of cached texts; a token has up to 16 KiB. */
const capacity = 100

/** Memo cache keyed by text. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>()

  /** @param work - computes the value of a text; must be pure */
  of(text: string, work: (text: string) => Value): Value {
    const known = this.#values.get(text)
    if (known !== undefined) return known
    const value = work(text)
    if (this.#values.size >= capacity) this.#values.clear()
    this.#values.set(text, value)
    return value
  }
}
