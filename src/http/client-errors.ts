import type { Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { ApiError } from '../base/problems/problems.ts'
import { endConnection, type Connections } from './connections.ts'
import { logEntryOf } from './log-entry.ts'
import { parserRefusal, type ParserError } from './parser-causes.ts'
import { endWithProblem, problemAnswer } from './problem-details.ts'
import { requestIdHeader, type Recorder } from './recorder.ts'

/** Options of {@link ClientErrors}. */
export interface ClientErrorParts {
  readonly server: Server
  readonly connections: Connections
  readonly recorder: Recorder
  readonly log: FastifyBaseLogger
}

/**
 * Answers with a problem what Node.js would answer by itself, without a body or not at all: requests that its parser
 * refuses, and CONNECT. An unknown `Expect` is ignored (RFC 9110 §10.1.1).
 */
export class ClientErrors {
  readonly #parts: ClientErrorParts

  constructor(parts: ClientErrorParts) {
    this.#parts = parts
    const { server, connections } = parts
    // Node.js drops header fields beyond this number in silence; 16 KiB is limit enough.
    server.maxHeadersCount = 0
    server.on('connect', (_request, socket) => {
      // From here on the socket is ours alone, its errors too.
      socket.on('error', () => undefined)
      afterResponse(socket, connections.latest(socket)?.response, () => {
        const detail = 'The sandbox is no proxy; send the request to it.'
        this.#refuse(socket, new ApiError('bad-request', detail, { rule: 'http-message' }))
      })
    })
    server.on('checkExpectation', (request, response) => {
      server.emit('request', request, response)
    })
  }

  /** Answers a request that the HTTP parser refused, and closes its connection. */
  answer(parserError: ParserError, socket: Duplex): void {
    if (socket instanceof TLSSocket && !this.#parts.connections.has(socket)) {
      this.#endHandshake(parserError, socket)
    } else {
      this.#answerRequest(parserError, socket)
    }
  }

  #answerRequest(parserError: ParserError, socket: Duplex): void {
    const exchange = this.#parts.connections.latest(socket)
    const error = parserRefusal(parserError)
    const isGivenUp = exchange?.response.headersSent === false && exchange.request.context.isSettled
    if (isUnused(parserError, socket) || isGone(parserError, socket) || isGivenUp) socket.destroy()
    else if (!exchange || exchange.request.raw.complete) {
      // The broken bytes come after a good request.
      afterResponse(socket, exchange?.response, () => {
        this.#refuse(socket, error)
      })
    } else if (exchange.response.headersSent) {
      // Its body is broken, but it was refused without its body and has had its one answer.
      afterResponse(socket, exchange.response, () => {
        endConnection(socket)
      })
    } else {
      afterResponse(socket, exchange.previous, () => {
        this.#refuse(socket, error, exchange.request)
      })
    }
  }

  /** Notes a TLS handshake that failed: there is no way to answer. */
  #endHandshake({ code }: ParserError, socket: Duplex): void {
    socket.destroy()
    // A probe of the port.
    if (code === 'ECONNRESET') return
    const detail =
      code === 'ERR_SSL_HTTP_REQUEST'
        ? 'This is plain HTTP, and the sandbox speaks TLS: use https:// in place of http://.'
        : `The TLS handshake failed (${String(code)}).`
    this.#parts.log.info(logEntryOf({ status: null, detail }))
  }

  #refuse(socket: Duplex, error: ApiError, request?: FastifyRequest): void {
    const { recorder, log } = this.#parts
    const ms = request?.context.elapsedMs
    const answer = problemAnswer(error, request?.url)
    const headers = recorder.recordBroken(error, answer, request, ms)
    endWithProblem(socket, { ...answer, headers: { ...answer.headers, ...headers } })
    const { status, message: detail } = error
    const [id, method, target] = [headers[requestIdHeader], request?.method, request?.url]
    log.info(logEntryOf({ id, method, target, status, ms, detail }))
  }
}

/** True if a client connected and sent nothing, as browsers do ahead of time: there is no request to refuse. */
const isUnused = ({ code }: ParserError, socket: Duplex): boolean =>
  code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket instanceof Socket && socket.bytesRead === 0

const isGone = ({ code }: ParserError, socket: Duplex): boolean =>
  code === 'ECONNRESET' || !socket.writable

/** Acts once an earlier response has been sent: answers keep their order (RFC 9112 §9.3.2). */
function afterResponse(
  socket: Duplex,
  response: ServerResponse | undefined,
  act: () => void,
): void {
  if (!response || response.closed) act()
  else {
    response.once('close', () => {
      if (socket.writable) act()
    })
  }
}
