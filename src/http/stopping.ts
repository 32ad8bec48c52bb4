import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError } from '../base/problems/problems.ts'

const reapIntervalMs = 50
/** How often a connection may be found unused: its first request may be on its way. */
const maxUnusedLooks = 10

/**
 * While the server closes, requests in flight get their answers and later ones on kept connections a 503
 * (CONTRACT §4). The last answer closes its connection, which would otherwise keep `close` waiting.
 */
const drainingPlugin: FastifyPluginCallback = (app, _options, done) => {
  let closing = false
  app.addHook('preClose', (next) => {
    closing = true
    // The framework does so for those that come from here on.
    for (const exchange of app.connections.values()) {
      if (exchange) exchange.response.shouldKeepAlive = false
    }
    const looksAt = new Map<Duplex, number>()
    const reap = (): void => {
      // Those between two requests. Node.js does not count as idle what has nothing left to answer:
      app.server.closeIdleConnections()
      for (const [socket, exchange] of app.connections) {
        const isUnused = exchange === null && socket.bytesRead === 0
        const looks = isUnused ? (looksAt.get(socket) ?? 0) + 1 : 0
        looksAt.set(socket, looks)
        const answeredAheadOfItsBody =
          exchange?.response.writableFinished && !exchange.request.raw.complete
        if (looks > maxUnusedLooks || answeredAheadOfItsBody) socket.destroy()
      }
    }
    // Not before what has arrived already is read: a server that is busy has not seen it yet.
    const reaper = setInterval(() => setImmediate(reap), reapIntervalMs)
    app.server.once('close', () => {
      clearInterval(reaper)
    })
    next()
  })
  app.decorate('destroyConnections', () => {
    for (const socket of app.connections.keys()) socket.destroy()
  })
  app.addHook('onRequest', (_request, _reply, next) => {
    if (closing) {
      throw new ApiError('service-unavailable', 'The sandbox is shutting down; start it again.', {
        rule: 'running',
      })
    }
    next()
  })
  done()
}

export const draining = fp(drainingPlugin, {
  name: 'draining',
  dependencies: ['connections', 'problem-details'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Ends all connections at once, whatever is in flight on them. */
    destroyConnections(): void
  }
}
