import { maxHeaderSize, type IncomingMessage } from 'node:http'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { IncomingRequest } from './incoming-request.ts'
import { requireWholeNumber } from '../base/options.ts'
import type { ParserError } from './parser-causes.ts'
import { isImitated, missesImitated, originForm } from '../base/target.ts'
import { compilersFactory } from './body-validator.ts'
import { refusalOf, sendProblem } from './problem-details.ts'
import { logExchange } from './request-log.ts'

/** Largest request body, in bytes (CONTRACT §4, 413). */
const maxBodyBytes = 1024 * 1024
export const defaultRequestTimeoutMs = 30_000

/** Whether a logger logs anything: whoever logs nothing should pay nothing for it. */
export const isHeard = (logger: FastifyBaseLogger | undefined): logger is FastifyBaseLogger =>
  logger !== undefined && logger.level !== 'silent'

/** What both applications have in common. */
export const serverOptionsOf = (logger: FastifyBaseLogger | undefined) => ({
  ...(isHeard(logger) && { loggerInstance: logger, childLoggerFactory: () => logger }),
  logController: new LogController({ disableRequestLogging: true }),
  bodyLimit: maxBodyBytes,
  return503OnClosing: false,
  pluginTimeout: 0,
  exposeHeadRoutes: false,
  routerOptions: { maxParamLength: maxHeaderSize },
  schemaController: { compilersFactory },
  rewriteUrl: ({ url = '' }: IncomingMessage) => originForm(url),
})

/** The server that listens: what it takes off the wire, and where broken requests go. */
export function buildServer(
  {
    requestTimeoutMs = defaultRequestTimeoutMs,
    maxConnections = 5_000,
  }: { readonly requestTimeoutMs?: number; readonly maxConnections?: number },
  options: ReturnType<typeof serverOptionsOf>,
): FastifyInstance {
  requireWholeNumber({ requestTimeoutMs, maxConnections }, 1)
  const app = fastify({
    ...options,
    requestTimeout: requestTimeoutMs,
    http: {
      IncomingMessage: IncomingRequest,
      requireHostHeader: false,
      // Node.js never ends a slow body where this is longer than the time for the whole request.
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
    },
    clientErrorHandler: (error, socket) => {
      // The framework types the packet as the JSON of a buffer.
      app.answerBrokenRequest(error as unknown as ParserError, socket)
    },
    frameworkErrors: (error, request, reply) => {
      app.begin(request, reply)
      const refusal = refusalOf(error, request.log)
      request.context.refusal = refusal
      if (isImitated(request.url) || missesImitated(request.url)) {
        app.recordExchange(reply, refusal.status)
      }
      reply.raw.once('finish', () => {
        logExchange(reply, request.context.elapsedMs)
      })
      sendProblem(refusal, request, reply)
    },
  })
  app.server.maxConnections = maxConnections
  return app
}
