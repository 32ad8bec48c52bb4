import type { Connection, Connections, Exchange } from './connections.ts'

/** How often connections are looked at within the time limit. */
const looksPerTimeout = 4
const longestIntervalMs = 1_000

/** How much of an answer has been read, and when that was seen first. */
interface ReadProgress {
  readonly sentBytes: number
  readonly sinceMs: number
}

/**
 * Ends the connection of a client that stops reading its answer. A client that reads on may take its time.
 *
 * All connections are looked at now and then: a timer for each answer would cost more.
 *
 * @param timeoutMs - how long a client may read nothing
 * @param onEnd - called for each connection that was ended
 * @returns a function that stops the watch
 */
export function watchSlowReaders(
  connections: Connections,
  timeoutMs: number,
  onEnd: (latest: Exchange | null) => void,
): () => void {
  let stalled = new Map<Connection, ReadProgress>()
  const look = (): void => {
    const nowMs = performance.now()
    const found = new Map<Connection, ReadProgress>()
    for (const [connection, exchange] of connections) {
      if (connection.writableLength === 0) continue
      const sentBytes = Number(connection.bytesWritten) - connection.writableLength
      const seen = stalled.get(connection)
      const progress = seen?.sentBytes === sentBytes ? seen : { sentBytes, sinceMs: nowMs }
      found.set(connection, progress)
      if (nowMs - progress.sinceMs < timeoutMs) continue
      connection.destroy()
      onEnd(exchange)
    }
    stalled = found
  }
  const intervalMs = Math.min(longestIntervalMs, Math.ceil(timeoutMs / looksPerTimeout))
  // A busy server has not seen yet what was read: that comes first.
  const looks = setInterval(() => setImmediate(look), intervalMs).unref()
  return () => {
    clearInterval(looks)
  }
}
