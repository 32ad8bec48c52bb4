import { maxHeaderSize } from 'node:http'
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { systemClock, type Clock } from './domain/clock.ts'
import { DataError, requireData, seededWebhook } from './domain/data.ts'
import { originForm } from './domain/request-target.ts'
import { requireWholeNumber } from './domain/options.ts'
import { requireSwitches } from './domain/switches.ts'
import { randomIds, type IdSource } from './domain/uuid.ts'
import { bearerAuth } from './plugins/bearer-auth.ts'
import { brokenHttp } from './plugins/broken-http.ts'
import { connections } from './plugins/connections.ts'
import { draining } from './plugins/draining.ts'
import { faultInjection } from './plugins/fault-injection.ts'
import { jsonBody } from './plugins/json-body.ts'
import { jsonReply } from './plugins/json-reply.ts'
import { methodNotAllowed } from './plugins/method-not-allowed.ts'
import { notFound } from './plugins/not-found.ts'
import { problemDetails, sendProblem } from './plugins/problem-details.ts'
import { logExchange, requestLog } from './plugins/request-log.ts'
import { ambiguityRoutes } from './routes/ambiguities.ts'
import { managingEntity } from './routes/managing-entity.ts'
import { sandboxRoutes } from './routes/sandbox.ts'
import type { SandboxData } from './schemas/data.ts'
import type { Switches } from './schemas/switches.ts'
import { AccountStore } from './stores/accounts.ts'
import { WebhookStore } from './stores/webhooks.ts'
import { version } from './version.ts'

/** Largest request body, in bytes (CONTRACT §4, 413). */
const maxBodyBytes = 1024 * 1024

/** How a sandbox behaves. Everything may be left out. */
export interface AppOptions {
  /** What exists from the start. Default: nothing; any token and any managing entity is accepted. */
  readonly data?: SandboxData
  /** How many webhooks may be stored; one more is answered with 503. Default: 100,000. */
  readonly maxWebhooks?: number
  /** How long a request may take to arrive, in ms; then it is answered with 408. Default: 30,000. */
  readonly requestTimeoutMs?: number
  /** What to do where the documentation leaves it open. Default: see docs/fidelity.md, Switches. */
  readonly switches?: Partial<Switches>
  /** Where timestamps come from. Default: {@link systemClock}. */
  readonly clock?: Clock
  /** Where ids of webhooks come from. Default: {@link randomIds}. */
  readonly ids?: IdSource
  /** Gets one line a request, and unexpected failures. Default: nothing is logged. */
  readonly logger?: FastifyBaseLogger
}

/**
 * Builds a sandbox that does not listen: `app.inject` gets its answers, `startSandbox` opens it.
 *
 * @throws DataError if `options.data` is not what a sandbox can start with
 * @throws RangeError if a number or a switch makes no sense
 */
export function buildApp(options: AppOptions = {}): FastifyInstance {
  const { clock = systemClock, ids = randomIds, maxWebhooks = 100_000 } = options
  requireWholeNumber({ maxWebhooks }, 0)
  const switches = requireSwitches(options.switches)
  const data = options.data === undefined ? {} : requireData(options.data)
  const sources = { clock, ids }
  const accounts = new AccountStore(data, clock)
  const store = new WebhookStore(maxWebhooks)
  for (const webhook of data.webhooks ?? []) {
    if (store.add(seededWebhook(webhook, switches.firstVersion, sources))) continue
    throw new DataError(`#/webhooks must have at most ${maxWebhooks} items (--max-webhooks)`)
  }

  const app = buildServer(options)
  app.register(problemDetails)
  app.register(requestLog)
  app.register(connections)
  app.register(brokenHttp)
  app.register(draining)
  app.register(methodNotAllowed)
  app.register(jsonBody)
  app.register(jsonReply)
  app.register(notFound)
  app.register(sandboxRoutes, { prefix: '/__admin', version })
  app.register(ambiguityRoutes, { prefix: '/__admin', switches })
  app.register(
    (api, _options, done) => {
      api.register(faultInjection) // CONTRACT §1 step 1
      api.register(bearerAuth, { accounts }) // steps 2 and 4
      api.register(notFound) // step 3
      api.register(managingEntity, {
        prefix: '/managing-entity/:managingEntityIdentifier(.+)', // steps 3 and 5 to 10
        accounts,
        store,
        sources,
        switches,
      })
      done()
    },
    { prefix: '/api' },
  )
  return app
}

/** The bare server: what it takes off the wire, and where broken requests go. */
function buildServer({ logger, requestTimeoutMs = 30_000 }: AppOptions): FastifyInstance {
  requireWholeNumber({ requestTimeoutMs }, 1)
  const app = fastify({
    ...(logger && { loggerInstance: logger, childLoggerFactory: () => logger }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: false,
    routerOptions: { maxParamLength: maxHeaderSize },
    http: {
      requireHostHeader: false,
      // Node.js never ends a slow body where this is longer than the time for the whole request.
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
    },
    rewriteUrl: ({ url = '' }) => originForm(url),
    clientErrorHandler: (error, socket) => {
      app.answerBrokenRequest(error, socket)
    },
    frameworkErrors: (error, request, reply) => {
      const startedMs = performance.now()
      reply.raw.once('finish', () => {
        logExchange(reply, performance.now() - startedMs)
      })
      sendProblem(error, request, reply)
    },
  })
  return app
}
