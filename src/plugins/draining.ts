import type { Socket } from 'node:net'
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
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('preClose', (next) => {
    closing = true
    // Node.js closes connections between two requests, but none before the first, and none that becomes
    // idle later: one whose body arrives behind its answer, say.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    const reaper = setInterval(() => {
      app.server.closeIdleConnections()
    }, reapIntervalMs)
    app.server.once('close', () => {
      clearInterval(reaper)
    })
    next()
  })
  app.decorate('destroyConnections', () => {
    for (const socket of sockets) socket.destroy()
  })
  app.addHook('onRequest', (_request, _reply, next) => {
    if (closing) {
      throw new ApiError('service-unavailable', 'The sandbox is shutting down; start it again.')
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
  dependencies: ['problem-details'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Ends all connections at once, whatever is in flight on them. */
    destroyConnections(): void
  }
}
