import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

/** The last request of a connection that the parser understood, as far as its head. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The response to the request before it on the same connection. */
  readonly previous: ServerResponse | undefined
  readonly startedMs: number
}

/** A connection; Node.js types it now as a socket, now as any stream. */
export type Connection = Duplex & { readonly bytesRead?: number; readonly bytesWritten?: number }

/** Knows the open connections, and what was last asked on each. */
const connectionsPlugin: FastifyPluginCallback = (app, _options, done) => {
  const connections = new Map<Connection, Exchange | undefined>()
  app.server.on('connection', (socket) => {
    connections.set(socket, undefined)
    socket.once('close', () => connections.delete(socket))
  })
  app.server.on('request', (request, response) => {
    const previous = connections.get(request.socket)?.response
    connections.set(request.socket, { request, response, previous, startedMs: performance.now() })
  })
  app.decorate('connections', connections)
  done()
}

export const connections = fp(connectionsPlugin, { name: 'connections' })

declare module 'fastify' {
  interface FastifyInstance {
    /** The open connections, each with its last exchange, if there was one. */
    readonly connections: ReadonlyMap<Connection, Exchange | undefined>
  }
}
