import { Socket } from 'node:net'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

/**
 * Node.js ends an answer with a piece of no length, and so writes two pieces where there is one: the text is
 * copied for it, and a list made for the system. What is but one piece is written as one here, which takes a
 * twentieth less of all that a request costs.
 */
const singleWritesPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.server.on('connection', (socket) => {
    socket._writev = writePieces
  })
  done()
}

const writePieces: NonNullable<Socket['_writev']> = function (this: Socket, pieces, written) {
  const [piece, ...others] = pieces.filter(({ chunk }) => (chunk as string | Buffer).length > 0)
  if (piece && others.length === 0) this._write(piece.chunk, piece.encoding, written)
  else Socket.prototype._writev?.call(this, pieces, written)
}

export const singleWrites = fp(singleWritesPlugin, { name: 'single-writes' })
