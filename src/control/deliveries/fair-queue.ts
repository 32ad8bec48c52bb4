/** A queue whose owners take turns, so that none waits for all items of another. */
export class FairQueue<Item> {
  /** The items of each owner, first come first; the owner whose turn it is comes first. */
  readonly #byOwner = new Map<string, Item[]>()

  add(owner: string, item: Item): void {
    const items = this.#byOwner.get(owner)
    if (items === undefined) this.#byOwner.set(owner, [item])
    else items.push(item)
  }

  /** Takes out the next item; undefined if there is none. */
  take(): Item | undefined {
    for (const [owner, items] of this.#byOwner) {
      const item = items.shift()
      this.#byOwner.delete(owner)
      if (items.length > 0) this.#byOwner.set(owner, items)
      return item
    }
    return undefined
  }

  /** Keeps only the items that pass. */
  filter(passes: (item: Item) => boolean): void {
    for (const [owner, items] of this.#byOwner) {
      const kept = items.filter(passes)
      if (kept.length > 0) this.#byOwner.set(owner, kept)
      else this.#byOwner.delete(owner)
    }
  }
}
