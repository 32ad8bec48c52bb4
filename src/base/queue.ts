/** First in, first out. Unlike `shift` of an array, its `shift` takes constant time. */
export class Queue<Item> {
  #items: (Item | undefined)[]
  /** Index of the first item; the places before it are empty. */
  #first = 0

  constructor(items: Item[] = []) {
    this.#items = items
  }

  get length(): number {
    return this.#items.length - this.#first
  }

  get last(): Item | undefined {
    return this.#items.at(-1)
  }

  push(item: Item): void {
    this.#items.push(item)
  }

  shift(): Item | undefined {
    const item = this.#items[this.#first]
    this.#items[this.#first] = undefined // Releases the item.
    this.#first += 1
    if (this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first)
      this.#first = 0
    }
    return item
  }

  filter(matches: (item: Item) => boolean): Item[] {
    return this.#items.filter((item): item is Item => item !== undefined && matches(item))
  }

  find(matches: (item: Item) => boolean): Item | undefined {
    return this.#items.find((item) => item !== undefined && matches(item))
  }
}
