/** A value that is built when it is first needed. */
export class Lazy<Value extends object> {
  readonly #build: () => Value
  #built: Value | undefined

  constructor(build: () => Value) {
    this.#build = build
  }

  get value(): Value {
    return (this.#built ??= this.#build())
  }

  /** The value, if it was ever needed. */
  get built(): Value | undefined {
    return this.#built
  }
}
