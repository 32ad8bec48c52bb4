import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** How many requests of one connection may wait; a connection with more is closed. */
const maxWaiting = 1_000

/**
 * Carries out the requests of a connection one after the other, as their answers are sent (RFC 9112 §9.3.2). Node.js
 * begins all that arrive at once. A request that waits when its connection ends is not carried out.
 */
export class RequestQueue {
  readonly #waiting = new WeakMap<Duplex, number>()

  /** Calls `act` when it is the turn of a request: at once, unless an earlier one is still unanswered. */
  whenDue({ socket }: IncomingMessage, response: ServerResponse, act: () => void): void {
    // A response gets the socket in its turn.
    if (response.socket) {
      act()
      return
    }
    const count = (this.#waiting.get(socket) ?? 0) + 1
    this.#waiting.set(socket, count)
    if (count > maxWaiting) {
      socket.destroy()
      return
    }
    response.once('socket', () => {
      this.#waiting.set(socket, Number(this.#waiting.get(socket)) - 1)
      // The response before it is still about to end, and may be the last one.
      process.nextTick(() => {
        if (socket.writable) act()
      })
    })
  }
}
