import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { logEntryOf } from './log-entry.ts'

/** How long answers may wait to be read. */
export interface UnreadAnswersOptions {
  readonly timeoutMs: number
}

/** How often it is looked at how far the reading is, in the time of its limit. */
const looksPerTimeout = 4
const longestIntervalMs = 1_000

/** How far an answer had got, and when that was seen first. */
interface Progress {
  readonly sentBytes: number
  readonly sinceMs: number
}

/**
 * Ends the connection of a client that does not read on, which would be kept for ever; one that reads may
 * take its time. All connections are looked at now and then: a timer for each answer would cost more.
 */
const unreadAnswersPlugin: FastifyPluginCallback<UnreadAnswersOptions> = (
  app,
  { timeoutMs },
  done,
) => {
  let stalled = new Map<Duplex, Progress>()
  const look = (): void => {
    const nowMs = performance.now()
    const found = new Map<Duplex, Progress>()
    for (const [socket, exchange] of app.connections) {
      if (socket.writableLength === 0) continue
      const sentBytes = Number(socket.bytesWritten) - socket.writableLength
      const seen = stalled.get(socket)
      const progress = seen?.sentBytes === sentBytes ? seen : { sentBytes, sinceMs: nowMs }
      found.set(socket, progress)
      if (nowMs - progress.sinceMs < timeoutMs) continue
      socket.destroy()
      const detail = 'The client did not read its answer in time (--request-timeout).'
      const [method, target] = [exchange?.request.method, exchange?.request.url]
      app.log.info(logEntryOf({ method, target, status: null, ms: timeoutMs, detail }))
    }
    stalled = found
  }
  const intervalMs = Math.min(longestIntervalMs, Math.ceil(timeoutMs / looksPerTimeout))
  const looks = setInterval(() => {
    // What the loop has held up is read first.
    setImmediate(look)
  }, intervalMs).unref()
  app.addHook('onClose', (_app, next) => {
    clearInterval(looks)
    next()
  })
  done()
}

export const unreadAnswers = fp(unreadAnswersPlugin, {
  name: 'unread-answers',
  dependencies: ['connections'],
})
