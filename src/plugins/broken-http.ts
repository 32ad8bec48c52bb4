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
    exchanges.set(request.socket, { request, response, startedMs: performance.now() })
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

  /** Refuses what comes behind a good request once that has its answer (RFC 9112 §9.3.2). */
  const refuseInTurn = (socket: Duplex, error: ApiError): void => {
    const response = exchanges.get(socket)?.response
    if (!response || response.writableFinished) refuse(socket, error)
    else {
      response.once('close', () => {
        if (socket.writable) refuse(socket, error)
      })
    }
  }

  app.decorate('answerBrokenRequest', ({ code }, socket) => {
    const exchange = exchanges.get(socket)
    if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else if (!exchange || exchange.request.complete) refuseInTurn(socket, parserRefusal(code))
    // Its body is what is broken. If it was refused without its body, it has had its one answer.
    else if (exchange.response.headersSent) socket.end()
    else refuse(socket, parserRefusal(code), exchange)
  })
  app.server.on('connect', (_request, socket) => {
    const detail = 'The sandbox is no proxy; send the request to it.'
    refuseInTurn(socket, new ApiError('bad-request', detail))
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
