import type { Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { RequestContext } from './request-context.ts'

/** How long a connection may stay half open after its last answer, in ms. */
const lingerMs = 1_000

/**
 * The latest request of a connection whose head the parser has understood. The request must not lead here: each
 * would hold on to the one before it.
 */
export interface Exchange {
  readonly request: FastifyRequest
  readonly response: ServerResponse
  /** The response to the request before it on the same connection. */
  readonly previous: ServerResponse | undefined
}

/** A connection. Node.js types it as a socket in some places, and as any stream in others. */
export type Connection = Duplex & { readonly bytesRead?: number; readonly bytesWritten?: number }

/** The open connections of a server, each with its latest exchange, or null before the first. */
export class Connections implements Iterable<[Connection, Exchange | null]> {
  readonly #exchanges = new Map<Connection, Exchange | null>()

  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#exchanges.set(socket, null)
      socket.once('close', () => this.#exchanges.delete(socket))
    })
  }

  /** Gives a request its context, and makes it the latest of its connection. */
  begin(request: FastifyRequest, { raw: response }: FastifyReply): void {
    request.context = new RequestContext()
    const { socket } = request.raw
    const last = this.#exchanges.get(socket)
    // An injected request has no connection, and a connection may have closed meanwhile.
    if (last === undefined) return
    this.#exchanges.set(socket, { request, response, previous: last?.response })
  }

  /** The latest exchange of a connection. */
  latest(connection: Connection): Exchange | undefined {
    return this.#exchanges.get(connection) ?? undefined
  }

  [Symbol.iterator](): IterableIterator<[Connection, Exchange | null]> {
    return this.#exchanges[Symbol.iterator]()
  }

  /** Ends all connections at once, whatever is in flight on them. */
  destroyAll(): void {
    for (const connection of this.#exchanges.keys()) connection.destroy()
  }
}

/**
 * Closes a connection so that the other side can still read what it was sent.
 *
 * @param bytes - what to send before
 */
export function endConnection(connection: Duplex, bytes = ''): void {
  connection.on('error', () => undefined) // The other side may be gone before it has read this.
  connection.end(bytes)
  // Read and drop the rest of its request for a while: a reset would cost it the answer.
  connection.resume()
  setTimeout(() => connection.destroy(), lingerMs).unref()
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The sandbox's knowledge of the request. */
    context: RequestContext
  }
}
