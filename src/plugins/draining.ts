import type { Socket } from 'node:net'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError } from '../domain/problems.ts'

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
    // Node.js closes connections between two requests by itself, but not those before the first.
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    next()
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
