import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { logEntryOf } from '../domain/log-entry.ts'
import { requireHost } from '../domain/host.ts'
import { ApiError, type ProblemName } from '../domain/problems.ts'
import type { RuleName } from '../domain/rules.ts'

/** What the HTTP parser refuses, by its error code; anything else is a bad request. */
const parserProblems: Record<string, [ProblemName, string, RuleName]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    'request-timeout',
    'Send the whole request within the time limit.',
    'request-time',
  ],
  HPE_HEADER_OVERFLOW: [
    'request-header-fields-too-large',
    'Send header fields of at most 16 KiB in all.',
    'request-size',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [
    'content-too-large',
    'Send chunks without long extensions.',
    'body-size',
  ],
}

/**
 * What Node.js answers by itself, without a body or not at all, is answered with a problem: requests that
 * its parser refuses, HTTP/1.1 without `Host`, and CONNECT. An unknown `Expect` is ignored (RFC 9110 §10.1.1).
 */
const brokenHttpPlugin: FastifyPluginCallback = (app, _options, done) => {
  // Node.js drops header fields behind this number in silence; 16 KiB is limit enough.
  app.server.maxHeadersCount = 0

  const refuse = (socket: Duplex, error: ApiError): void => {
    const { status, detail } = app.endWithProblem(socket, error, app.recordBrokenRequest(error))
    app.log.info({ status, detail })
  }

  app.decorate('answerBrokenRequest', ({ code }, socket) => {
    const exchange = app.connections.get(socket)
    const error = parserRefusal(code)
    const isGivenUp =
      exchange?.response.headersSent === false && exchange.request.progress.isRecorded
    if (code === 'ECONNRESET' || !socket.writable || isGivenUp) socket.destroy()
    else if (!exchange || exchange.request.raw.complete) {
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
      const { request, previous } = exchange
      inTurn(socket, previous, () => {
        const ms = request.progress.elapsedMs
        const headers = app.recordBrokenRequest(error, request, ms)
        const { status, detail } = app.endWithProblem(socket, error, headers, request.url)
        app.log.info(
          logEntryOf({ method: request.method, target: request.url, status, ms, detail }),
        )
      })
    }
  })
  app.server.on('connect', (_request, socket) => {
    // From here on the socket is ours alone, its errors too.
    socket.on('error', () => undefined)
    inTurn(socket, app.connections.get(socket)?.response, () => {
      const detail = 'The sandbox is no proxy; send the request to it.'
      refuse(socket, new ApiError('bad-request', detail, { rule: 'http-message' }))
    })
  })
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response)
  })
  app.addHook('onRequest', ({ raw }, _reply, next) => {
    requireHost(raw)
    next()
  })
  done()
}

/** Acts once a response that was there before has been sent: answers keep their order (RFC 9112 §9.3.2). */
function inTurn(socket: Duplex, response: ServerResponse | undefined, act: () => void): void {
  if (!response || response.closed) act()
  else {
    response.once('close', () => {
      if (socket.writable) act()
    })
  }
}

function parserRefusal(code = ''): ApiError {
  const [problem, detail, rule] = parserProblems[code] ?? [
    'bad-request',
    'The request is not HTTP/1.1 (RFC 9112); send it with an HTTP client.',
    'http-message',
  ]
  return new ApiError(problem, detail, { rule })
}

export const brokenHttp = fp(brokenHttpPlugin, {
  name: 'broken-http',
  dependencies: ['connections', 'journal', 'problem-details'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers a request that the HTTP parser refused, and closes its connection. */
    answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void
  }
}
