import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { requireTransferCoding } from './body-framing.ts'
import { logEntryOf } from './log-entry.ts'
import { requireHost } from './host.ts'
import { parserRefusal, type ParserError } from './parser-causes.ts'
import { ApiError } from '../base/problems/problems.ts'

/**
 * What Node.js answers by itself, without a body or not at all, is answered with a problem: requests that
 * its parser refuses, HTTP/1.1 without `Host`, and CONNECT. An unknown `Expect` is ignored (RFC 9110 §10.1.1).
 */
const brokenHttpPlugin: FastifyPluginCallback = (app, _options, done) => {
  // Node.js drops header fields behind this number in silence; 16 KiB is limit enough.
  app.server.maxHeadersCount = 0

  const refuse = (socket: Duplex, error: ApiError): void => {
    const { status, detail } = app.endWithProblem(socket, error, app.recordBrokenRequest(error))
    app.log.info(logEntryOf({ status, detail }))
  }

  app.decorate('answerBrokenRequest', (parserError, socket) => {
    const { code } = parserError
    const exchange = app.connections.get(socket)
    const error = parserRefusal(parserError)
    const isGivenUp =
      exchange?.response.headersSent === false && exchange.request.context.isRecorded
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
        const ms = request.context.elapsedMs
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
    requireTransferCoding(raw.headers)
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

export const brokenHttp = fp(brokenHttpPlugin, {
  name: 'broken-http',
  dependencies: ['connections', 'journal', 'problem-details'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Answers a request that the HTTP parser refused, and closes its connection. */
    answerBrokenRequest(error: ParserError, socket: Duplex): void
  }
}
