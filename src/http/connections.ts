import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { RequestContext } from './request-context.ts'

/**
 * The last request of a connection that the parser understood, as far as its head. The request must not
 * lead here: each would hold on to the one before it.
 */
export interface Exchange {
  readonly request: FastifyRequest
  readonly response: ServerResponse
  /** The response to the request before it on the same connection. */
  readonly previous: ServerResponse | undefined
}

/** A connection; Node.js types it now as a socket, now as any stream. */
export type Connection = Duplex & { readonly bytesRead?: number; readonly bytesWritten?: number }

/** Knows the open connections, and what was last asked on each. */
const connectionsPlugin: FastifyPluginCallback = (app, _options, done) => {
  const connections = new Map<Connection, Exchange | null>()
  app.server.on('connection', (socket) => {
    connections.set(socket, null)
    socket.once('close', () => connections.delete(socket))
  })
  app.decorateRequest('context')
  app.decorate('begin', (request, { raw: response }) => {
    request.context = new RequestContext()
    const { socket } = request.raw
    const last = connections.get(socket)
    // An injected request has no connection, and one that was closed meanwhile is not known any more.
    if (last === undefined) return
    connections.set(socket, { request, response, previous: last?.response })
  })
  app.addHook('onRequest', (request, reply, next) => {
    app.begin(request, reply)
    next()
  })
  app.decorate('connections', connections)
  done()
}

export const connections = fp(connectionsPlugin, { name: 'connections' })

declare module 'fastify' {
  interface FastifyInstance {
    /** The open connections, each with its last exchange, if there was one. */
    readonly connections: ReadonlyMap<Connection, Exchange | null>
    /** Takes note of a request; those that have a route begin by themselves. */
    begin(request: FastifyRequest, reply: FastifyReply): void
  }
  interface FastifyRequest {
    /** What becomes of it. */
    context: RequestContext
  }
}
