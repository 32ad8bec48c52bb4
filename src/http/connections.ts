import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Server as TlsServer } from 'node:tls'
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

/** The ends of a connection, which no other open one has. */
const peerOf = ({ localAddress, remoteAddress, remotePort }: Socket): string =>
  `${String(localAddress)} ${String(remoteAddress)} ${String(remotePort)}`

/** The open connections of a server, each with its latest exchange, or null before the first. */
export class Connections implements Iterable<[Connection, Exchange | null]> {
  readonly #exchanges = new Map<Connection, Exchange | null>()
  /** The TCP connections below those with TLS. */
  readonly #transports = new WeakMap<Connection, Socket>()

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#add(socket)
    })
    if (server instanceof TlsServer) this.#watchHandshakes(server)
  }

  #add(connection: Connection): void {
    this.#exchanges.set(connection, null)
    connection.once('close', () => this.#exchanges.delete(connection))
  }

  /** With TLS, requests come on a socket of their own, beside that of the TCP connection. */
  #watchHandshakes(server: TlsServer): void {
    const handshakes = new Map<string, Socket>()
    server.on('connection', (socket: Socket) => {
      const peer = peerOf(socket)
      handshakes.set(peer, socket)
      socket.once('close', () => handshakes.delete(peer))
    })
    server.on('secureConnection', (socket) => {
      const transport = handshakes.get(peerOf(socket))
      if (transport) this.#transports.set(socket, transport)
      this.#add(socket)
    })
  }

  /** Resets a connection (RFC 9293 §3.5.2). A socket of TLS cannot do so itself. */
  reset(connection: Socket): void {
    const transport = this.#transports.get(connection) ?? connection
    transport.resetAndDestroy()
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

  /** False for a connection that has ended, and for one whose TLS handshake has not. */
  has(connection: Connection): boolean {
    return this.#exchanges.has(connection)
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
