/** Longest duration of a piece of work, in ms; its last item may exceed it. */
const pieceMs = 5

/**
 * Divides long work into pieces. All long work of a sandbox shares one queue, and each turn of the event loop does one
 * piece, so that other requests are served in between.
 */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when the next piece of work may run. */
  next(): Promise<void> {
    this.#last = this.#last.then(
      () =>
        new Promise((resolve) => {
          setImmediate(resolve)
        }),
    )
    return this.#last
  }

  /** Iterates over items, with a pause after each piece. */
  async *over<Item>(items: Iterable<Item>): AsyncGenerator<Item, undefined> {
    let endMs = 0
    for (const item of items) {
      if (performance.now() >= endMs) {
        await this.next()
        endMs = performance.now() + pieceMs
      }
      yield item
    }
  }
}
