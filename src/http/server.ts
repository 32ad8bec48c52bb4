import { maxHeaderSize, type IncomingMessage } from 'node:http'
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RouteOptions,
} from 'fastify'
import { requireWholeNumber } from '../base/options.ts'
import { originForm } from '../base/target.ts'
import type { Turns } from '../base/turns.ts'
import { requireTransferCoding } from './body-framing.ts'
import { leaveBodies, maxBodyBytes } from './body-reader.ts'
import { compilersFactory } from './body-validator.ts'
import { ClientErrors } from './client-errors.ts'
import { Connections } from './connections.ts'
import { requireHost } from './host.ts'
import { IncomingRequest } from './incoming-request.ts'
import { logEntryOf } from './log-entry.ts'
import { addAllowedMethods } from './method-not-allowed.ts'
import type { ParserError } from './parser-causes.ts'
import { RequestQueue } from './pipelining.ts'
import { problemAnswer, refusalOf, sendProblem } from './problem-details.ts'
import type { Recorder } from './recorder.ts'
import { addSendJson } from './reply.ts'
import { logExchange } from './request-log.ts'
import { watchSlowReaders } from './slow-readers.ts'
import { Stopping } from './stopping.ts'
import { requireTls, type TlsOptions } from './tls.ts'

/** Options of every application of a sandbox. */
export interface ApplicationOptions {
  readonly logger: FastifyBaseLogger | undefined
  readonly turns: Turns
}

/** Options of the application that listens. */
export interface ServerOptions extends ApplicationOptions {
  /** How long a request may take to arrive, and a client may read nothing, in ms. */
  readonly requestTimeoutMs?: number | undefined
  readonly maxConnections?: number | undefined
  /** Makes it a server of https. */
  readonly tls?: TlsOptions | undefined
  readonly recorder: Recorder
}

/** Whether a logger logs anything at all: a logger that does not should cost nothing. */
const isHeard = (logger: FastifyBaseLogger | undefined): logger is FastifyBaseLogger =>
  logger !== undefined && logger.level !== 'silent'

const fastifyOptions = ({ logger }: ApplicationOptions) => ({
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

/** An application that does not listen: it answers requests that another one hands over. */
export function buildApplication(options: ApplicationOptions): FastifyInstance {
  const app = fastify(fastifyOptions(options))
  addCommon(app, options)
  return app
}

function addCommon(app: FastifyInstance, { turns }: ApplicationOptions): void {
  app.decorateRequest('context')
  app.setErrorHandler(sendProblem)
  app.addHook('onRoute', (route) => {
    // HEAD works where GET does (CONTRACT §1). The framework would add another route for it, which costs time at the start.
    if (route.method === 'GET') route.method = ['GET', 'HEAD']
  })
  addAllowedMethods(app)
  leaveBodies(app)
  addSendJson(app, { turns })
}

/**
 * Lists the routes that an application registers from here on. HEAD, which comes with each GET, is left out.
 *
 * @param routes - the list to which they are added
 */
export function listRoutes(
  app: FastifyInstance,
  routes: RouteOptions[] = [],
): readonly RouteOptions[] {
  app.addHook('onRoute', (route) => {
    const [method = 'GET'] = [route.method].flat()
    routes.push({ ...route, method })
  })
  return routes
}

/**
 * The application that listens, with all that Node's HTTP server leaves open: the order of pipelined requests, slow
 * readers, requests that its parser refuses, and a graceful stop.
 */
export function buildServer(options: ServerOptions): {
  readonly app: FastifyInstance
  readonly connections: Connections
} {
  const { requestTimeoutMs = 30_000, maxConnections = 5_000, logger, recorder, tls } = options
  requireWholeNumber({ requestTimeoutMs, maxConnections }, 1)
  requireTls(tls)
  const http = {
    IncomingMessage: IncomingRequest,
    requireHostHeader: false,
    // Node.js never ends a slow body if this is longer than the time limit of the whole request.
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
  }
  const https = tls && { ...http, ...tls, handshakeTimeout: requestTimeoutMs }
  const app = fastify({
    ...fastifyOptions(options),
    requestTimeout: requestTimeoutMs,
    // The types of the framework know either kind of server; the sandbox needs what both have.
    ...((https ? { https } : { http }) as { http: typeof http }),
    clientErrorHandler: (error, socket) => {
      // The framework types the packet as the JSON of a buffer.
      clientErrors.answer(error as unknown as ParserError, socket)
    },
    frameworkErrors: (error, request, reply) => {
      connections.begin(request, reply)
      const refusal = refusalOf(error, request.log)
      request.context.refusal = refusal
      recorder.recordUnrouted(reply, problemAnswer(refusal, request.url))
      reply.raw.once('finish', () => {
        logExchange(reply)
      })
      sendProblem(refusal, request, reply)
    },
  })
  const { server, log } = app
  server.maxConnections = maxConnections
  const connections = new Connections(server)
  const clientErrors = new ClientErrors({ server, connections, recorder, log })
  const queue = new RequestQueue()
  const stopping = new Stopping(server, connections)
  const endSlowReaders = watchSlowReaders(connections, requestTimeoutMs, (latest) => {
    const detail = 'The client did not read its answer in time (--request-timeout).'
    const [method, target] = [latest?.request.method, latest?.request.url]
    log.info(logEntryOf({ method, target, status: null, ms: requestTimeoutMs, detail }))
  })

  app.addHook('onRequest', (request, reply, next) => {
    const { raw } = request
    connections.begin(request, reply)
    queue.whenDue(raw, reply.raw, () => {
      try {
        requireHost(raw)
        requireTransferCoding(raw.headers)
        stopping.requireRunning()
      } catch (error) {
        next(error as Error)
        return
      }
      next()
    })
  })
  // A hook that does nothing takes its time all the same.
  if (isHeard(logger)) {
    app.addHook('onResponse', (_request, reply, next) => {
      logExchange(reply)
      next()
    })
  }
  app.addHook('preClose', (next) => {
    stopping.begin()
    next()
  })
  app.addHook('onClose', (_app, next) => {
    endSlowReaders()
    next()
  })
  addCommon(app, options)
  return { app, connections }
}
