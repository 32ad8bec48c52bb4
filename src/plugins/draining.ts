import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError } from '../domain/problems.ts'

const reapIntervalMs = 50

/**
 * While the server closes, requests in flight get their answers and later ones on kept connections a 503
 * (CONTRACT §4). Every answer closes its connection, which would otherwise keep `close` waiting.
 */
const drainingPlugin: FastifyPluginCallback = (app, _options, done) => {
  let closing = false
  app.addHook('preClose', (next) => {
    closing = true
    const reaper = setInterval(() => {
      // Those between two requests. Node.js does not count as idle what has nothing left to answer:
      app.server.closeIdleConnections()
      for (const [socket, exchange] of app.connections) {
        const unused = exchange === undefined && socket.bytesRead === 0
        const answeredAheadOfItsBody =
          exchange?.response.writableFinished && !exchange.request.complete
        if (unused || answeredAheadOfItsBody) socket.destroy()
      }
    }, reapIntervalMs)
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
  app.addHook('onSend', (_request, reply, payload, next) => {
    if (closing) reply.header('connection', 'close')
    next(null, payload)
  })
  done()
}

export const draining = fp(drainingPlugin, {
  name: 'draining',
  fastify: '5.x',
  dependencies: ['connections', 'problem-details'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Ends all connections at once, whatever is in flight on them. */
    destroyConnections(): void
  }
}
