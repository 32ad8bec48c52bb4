import { setImmediate } from 'node:timers'
import { Queue } from './queue.ts'

/** How long a piece of work may take, in ms, but for its last item. */
const pieceMs = 5

/**
 * Long work in pieces. All that is long shares the turns, and one piece is done in each turn of the event
 * loop: other clients are served in between, however many ask for long work at once.
 */
export class Turns {
  readonly #waiting = new Queue<() => void>()

  /** Resolves when a piece of work may be done. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      if (this.#waiting.length === 1) setImmediate(this.#grant)
    })
  }

  /** Goes through items, with a pause behind each piece. */
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

  readonly #grant = (): void => {
    this.#waiting.shift()?.()
    if (this.#waiting.length > 0) setImmediate(this.#grant)
  }
}
