import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError, type ProblemName } from '../domain/problems.ts'
import { pathOf } from '../domain/request-target.ts'

/** What the HTTP parser refuses, by its error code; anything else is a bad request. */
const parserProblems: Record<string, [ProblemName, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'Send the whole request within the time limit.'],
  HPE_HEADER_OVERFLOW: [
    'request-header-fields-too-large',
    'Send header fields of at most 16 KiB in all.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['content-too-large', 'Send chunks without long extensions.'],
}

/** The last request of a connection that the parser understood, as far as its head. */
interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The response to the request before it on the same connection. */
  readonly previous: ServerResponse | undefined
  readonly startedMs: number
}

/**
 * What Node.js answers by itself, without a body or not at all, is answered with a problem: requests that
 * its parser refuses, HTTP/1.1 without `Host`, and CONNECT. An unknown `Expect` is ignored (RFC 9110 §10.1.1).
 */
const brokenHttpPlugin: FastifyPluginCallback = (app, _options, done) => {
  const exchanges = new WeakMap<Duplex, Exchange>()
  // Node.js drops header fields behind this number in silence; 16 KiB is limit enough.
  app.server.maxHeadersCount = 0
  app.server.on('request', (request, response) => {
    const previous = exchanges.get(request.socket)?.response
    exchanges.set(request.socket, { request, response, previous, startedMs: performance.now() })
  })

  const refuse = (socket: Duplex, error: ApiError, exchange?: Exchange): void => {
    const { status, detail } = app.endWithProblem(socket, error, exchange?.request.url)
    app.log.info({
      ...(exchange && {
        method: exchange.request.method,
        path: pathOf(exchange.request.url ?? ''),
        status,
        ms: Math.round((performance.now() - exchange.startedMs) * 1000) / 1000,
      }),
      status,
      detail,
    })
  }

  app.decorate('answerBrokenRequest', ({ code }, socket) => {
    const exchange = exchanges.get(socket)
    const error = parserRefusal(code)
    if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else if (!exchange || exchange.request.complete) {
      // What is broken comes behind a good request.
      inTurn(socket, exchange?.response, () => {
        refuse(socket, error)
      })
    } else if (exchange.response.headersSent) {
      // Its body is broken, but it was refused without its body and has had its one answer.
      inTurn(socket, exchange.response, () => {
        app.endConnection(socket)
      })
    } else {
      inTurn(socket, exchange.previous, () => {
        refuse(socket, error, exchange)
      })
    }
  })
  app.server.on('connect', (_request, socket) => {
    // From here on the socket is ours alone, its errors too.
    socket.on('error', () => undefined)
    inTurn(socket, exchanges.get(socket)?.response, () => {
      const detail = 'The sandbox is no proxy; send the request to it.'
      refuse(socket, new ApiError('bad-request', detail))
    })
  })
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response)
  })
  app.addHook('onRequest', ({ raw }, _reply, next) => {
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined) {
      throw new ApiError('bad-request', 'Send a Host header, as HTTP/1.1 asks (RFC 9112 §3.2).')
    }
    next()
  })
  done()
}

/** Acts once a response that was there before has been sent: answers keep their order (RFC 9112 §9.3.2). */
function inTurn(socket: Duplex, response: ServerResponse | undefined, act: () => void): void {
  if (!response || response.writableFinished) act()
  else {
    response.once('close', () => {
      if (socket.writable) act()
    })
  }
}

function parserRefusal(code = ''): ApiError {
  return new ApiError(
    ...(parserProblems[code] ?? [
      'bad-request',
      'The request is not HTTP/1.1 (RFC 9112); send it with an HTTP client.',
    ]),
  )
}

export const brokenHttp = fp(brokenHttpPlugin, {
  name: 'broken-http',
  fastify: '5.x',
  dependencies: ['problem-details'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers a request that the HTTP parser refused, and closes its connection. */
    answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void
  }
}
