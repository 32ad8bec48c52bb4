import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { shuttingDown } from '../base/problems/problems.ts'
import type { Connections } from './connections.ts'

const reapIntervalMs = 50
/** How often a connection may be found unused before it is closed: its first request may be on its way. */
const maxUnusedLooks = 10

/**
 * A graceful stop: requests in flight get their answers, later ones on kept connections a 503 (CONTRACT §4), and no
 * connection keeps `close` waiting once it has nothing left to answer.
 */
export class Stopping {
  readonly #server: Server
  readonly #connections: Connections
  #isStopping = false

  constructor(server: Server, connections: Connections) {
    this.#server = server
    this.#connections = connections
  }

  /** @throws ApiError `service-unavailable` once the stop has begun */
  requireRunning(): void {
    if (!this.#isStopping) return
    throw shuttingDown({ rule: 'running' })
  }

  begin(): void {
    this.#isStopping = true
    // The framework does so for requests that come from here on.
    for (const [, exchange] of this.#connections) {
      if (exchange) exchange.response.shouldKeepAlive = false
    }
    const looksAt = new Map<Duplex, number>()
    // A busy server has not read yet what has arrived: that comes first.
    const reaper = setInterval(
      () =>
        setImmediate(() => {
          this.#reap(looksAt)
        }),
      reapIntervalMs,
    )
    this.#server.once('close', () => {
      clearInterval(reaper)
    })
  }

  #reap(looksAt: Map<Duplex, number>): void {
    this.#server.closeIdleConnections()
    // Node.js does not count as idle a connection that never sent a request, or whose refused body still comes.
    for (const [connection, exchange] of this.#connections) {
      const isUnused = exchange === null && connection.bytesRead === 0
      const looks = isUnused ? (looksAt.get(connection) ?? 0) + 1 : 0
      looksAt.set(connection, looks)
      const isAnsweredAheadOfBody =
        exchange?.response.writableFinished && !exchange.request.raw.complete
      if (looks > maxUnusedLooks || isAnsweredAheadOfBody) connection.destroy()
    }
  }
}
