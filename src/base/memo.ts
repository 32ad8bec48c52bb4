/** How many texts are remembered at a time: a token has up to 16 KiB. */
const capacity = 100

/** Remembers what was worked out of the texts that came last, so that it is not for each request. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>()

  /** @param work - what a text means; always the same */
  of(text: string, work: (text: string) => Value): Value {
    const known = this.#values.get(text)
    if (known !== undefined) return known
    const value = work(text)
    if (this.#values.size >= capacity) this.#values.clear()
    this.#values.set(text, value)
    return value
  }
}
