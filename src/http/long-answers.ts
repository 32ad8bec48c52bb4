import type { Readable } from 'node:stream'
import { getHeapStatistics } from 'node:v8'

const bytesPerAnswer = 64 * 1024 * 1024
/** Most answers in pieces that are sent at a time: 16, or fewer on a heap that has no room for them. */
const maxAnswers = Math.min(
  16,
  Math.max(2, Math.floor(getHeapStatistics().heap_size_limit / bytesPerAnswer)),
)
/** How long an answer may take in any case, in ms. */
const graceMs = 250

/**
 * The answers that are being sent in pieces. Each holds on to all that it lists, removed or not, until it is sent: when there
 * are too many, those that take longest are broken off.
 */
export class LongAnswers {
  /** When each of them began, in the order in which they did. */
  readonly #began = new Map<Readable, number>()

  add(answer: Readable): void {
    for (const [oldest, beganMs] of this.#began) {
      if (this.#began.size < maxAnswers || performance.now() - beganMs < graceMs) break
      this.#began.delete(oldest)
      oldest.destroy(new Error('the client takes too long to read it, and there are too many'))
    }
    this.#began.set(answer, performance.now())
    answer.once('close', () => this.#began.delete(answer))
  }
}
