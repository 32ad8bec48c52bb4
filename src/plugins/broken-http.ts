import type { Duplex } from 'node:stream'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError, type ProblemName } from '../domain/problems.ts'

/** What the HTTP parser refuses, by its error code; anything else is a bad request. */
const parserProblems: Record<string, [ProblemName, string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'Send the whole request within the time limit.'],
  HPE_HEADER_OVERFLOW: [
    'request-header-fields-too-large',
    'Send header fields of at most 16 KiB in all.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['content-too-large', 'Send chunks without long extensions.'],
}

/**
 * What Node.js answers by itself, without a body or not at all, is answered with a problem: requests that
 * its parser refuses, HTTP/1.1 without `Host`, and CONNECT. An unknown `Expect` is ignored (RFC 9110 §10.1.1).
 */
const brokenHttpPlugin: FastifyPluginCallback = (app, _options, done) => {
  const refuse = (socket: Duplex, error: ApiError): void => {
    const { status, detail } = app.endWithProblem(socket, error)
    app.log.info({ status, detail })
  }

  app.decorate('answerBrokenRequest', ({ code }, socket) => {
    if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else refuse(socket, parserRefusal(code))
  })
  app.server.on('connect', (_request, socket) => {
    refuse(socket, new ApiError('bad-request', 'The sandbox is no proxy; send the request to it.'))
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
