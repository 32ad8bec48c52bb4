/** A list whose items are worked out when they are looked at: a large one is shown piece by piece. */
export class LazyList<Item> implements Iterable<Item> {
  /** How many items there are. */
  readonly length: number
  readonly #items: () => Iterable<Item>

  private constructor(length: number, items: () => Iterable<Item>) {
    this.length = length
    this.#items = items
  }

  /** @param show - what of a source is shown; called for each item, once each time the list is walked */
  static of<Source, Item>(
    sources: readonly Source[],
    show: (source: Source) => Item,
  ): LazyList<Item> {
    return new LazyList(sources.length, function* () {
      for (const source of sources) yield show(source)
    })
  }

  [Symbol.iterator](): Iterator<Item> {
    return this.#items()[Symbol.iterator]()
  }

  /** All items at once; `JSON.stringify` asks for them by this name. */
  toJSON(): Item[] {
    return [...this]
  }
}
