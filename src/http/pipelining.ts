import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

/** How many requests of one connection may wait; a connection with more is closed. */
const maxWaiting = 1_000

/**
 * The requests of a connection are carried out one after the other, as their answers are sent (RFC 9112
 * §9.3.2): Node.js begins all that arrive at once. What waits when its connection ends is not carried out.
 */
const pipeliningPlugin: FastifyPluginCallback = (app, _options, done) => {
  const waiting = new WeakMap<Duplex, number>()
  app.addHook('onRequest', ({ raw: { socket } }, { raw: response }, next) => {
    // A response gets the socket in its turn.
    if (response.socket) {
      next()
      return
    }
    const count = (waiting.get(socket) ?? 0) + 1
    waiting.set(socket, count)
    if (count > maxWaiting) {
      socket.destroy()
      return
    }
    response.once('socket', () => {
      waiting.set(socket, Number(waiting.get(socket)) - 1)
      // The response before it is still about to end, and may be the last one.
      process.nextTick(() => {
        if (socket.writable) next()
      })
    })
  })
  done()
}

export const pipelining = fp(pipeliningPlugin, {
  name: 'pipelining',
  dependencies: ['connections'],
})
