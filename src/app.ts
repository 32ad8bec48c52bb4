import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify'
import { buildApplication, buildServer, listRoutes } from './http/server.ts'
import { addControlRoutes } from './control/application.ts'
import { buildControl, type Control } from './control/control.ts'
import { buildPacedRequests, buildRequestControl } from './control/journal/control.ts'
import { Changes } from './control/changes.ts'
import { buildStreams } from './control/stream/streams.ts'
import { givenByOptions, type GivenSettings } from './control/settings/given.ts'
import { buildRequestWaits } from './control/journal/waits.ts'
import { Deliveries } from './control/deliveries/deliveries.ts'
import {
  deliveryOptions,
  requireDeliveryOptions,
  type DeliveryOptions,
} from './control/deliveries/settings.ts'
import { Waits } from './control/waits.ts'
import { requireBearerToken } from './wink/auth/bearer.ts'
import { buildViews } from './control/views.ts'
import type { Connections } from './http/connections.ts'
import { Lazy } from './base/lazy.ts'
import { addCors, requireOrigins } from './http/cors.ts'
import { OwnAddress } from './base/own-address.ts'
import { isOAuth, isOwn } from './base/target.ts'
import { guardedLogger, steadyClock } from './base/guards.ts'
import { requireKnownOptions, requireLogger } from './base/options.ts'
import { requireSwitches } from './wink/switches/switches.ts'
import { addBearerAuth } from './wink/auth/authentication.ts'
import { addFaultInjection } from './control/faults/injection.ts'
import { addJournal, JournalRecorder } from './control/journal/recorder.ts'
import { notFound } from './http/not-found.ts'
import { sendProblem } from './http/problem-details.ts'
import { addSecondApplication } from './http/second-application.ts'
import { winkWebhookRoutes } from './wink/webhooks/routes.ts'
import { authorizationServer } from './wink/oauth/metadata.ts'
import { sendOAuthError } from './wink/oauth/oauth-error.ts'
import { keys } from './wink/oauth/keys.ts'
import { tokens } from './wink/oauth/routes.ts'
import { healthRoute } from './control/health.ts'
import type { AsyncDisposal } from './base/disposal.ts'
import type { Logger } from './base/logger.ts'
import type { InjectRequest, InjectResponse } from './http/inject.ts'
import type { TlsOptions } from './http/tls.ts'
import type { SandboxState } from './wink/state.ts'
import type { Switches } from './wink/switches/types.ts'
import { Turns } from './base/turns.ts'
import { version } from './version.ts'
import { buildStores, storeOptions, type StoreOptions } from './control/stores.ts'

/** How a sandbox behaves. Everything may be left out. */
export interface AppOptions extends StoreOptions, DeliveryOptions {
  /**
   * How long a request may take to arrive, in ms; then it is answered with 408. And how long a client may pause while it
   * reads an answer; then the connection is ended. Default: 30,000.
   */
  readonly requestTimeoutMs?: number
  /** How many connections may be open at a time; one more is closed at once. Default: 5,000. */
  readonly maxConnections?: number
  /** Certificate and key, as PEM: the server then speaks https, and no http. Default: none, it speaks http. */
  readonly tls?: TlsOptions | undefined
  /**
   * Origins, such as `https://app.example.com`, whose pages may call the sandbox from a browser (CORS): all but the control API.
   * `*` stands for every origin. Default: none.
   */
  readonly corsOrigins?: readonly string[]
  /** Answers to the questions that the documentation leaves open. Default: see docs/fidelity.md, Switches. */
  readonly switches?: Partial<Switches>
  /** Bearer token (RFC 6750 §2.1, b64token) that the control API asks for. Default: it asks for none. */
  readonly adminToken?: string | undefined
  /** Base URL that clients know the sandbox by. Default: taken from each request's `Host`. */
  readonly publicUrl?: string | undefined
  /**
   * A logger such as pino's. It gets one line for each request and each attempt to deliver an event, and unexpected failures; nothing if its level is `silent` at
   * the start. Default: nothing is logged.
   */
  readonly logger?: Logger
}

/** The names of {@link AppOptions}. */
export const appOptions: Readonly<Record<keyof AppOptions, true>> = {
  ...storeOptions,
  ...deliveryOptions,
  requestTimeoutMs: true,
  maxConnections: true,
  tls: true,
  corsOrigins: true,
  switches: true,
  adminToken: true,
  publicUrl: true,
  logger: true,
}

/** A sandbox that answers without a connection. */
export interface SandboxApp extends AsyncDisposal {
  /** Controls the sandbox. */
  readonly control: Control
  /** Gives it a request, or a `GET` for a path, and gets the answer. Rejects after `close`. */
  inject(request: InjectRequest | string): Promise<InjectResponse>
  /** Ends the sandbox. A second call waits for the same end. */
  close(): Promise<void>
}

/** A sandbox that does not listen yet, with what opening and closing it need. */
export interface SandboxParts {
  readonly app: FastifyInstance & SandboxApp
  readonly connections: Connections
  readonly ownAddress: OwnAddress
  readonly state: SandboxState
}

/**
 * Builds a sandbox that does not listen: `app.inject` gets its answers, `startSandbox` opens it.
 *
 * @throws DataError if `options.data` is not what a sandbox can start with
 * @throws RangeError if an option is not known or makes no sense
 */
export const buildApp = (options: AppOptions = {}): SandboxApp => buildSandbox(options).app

/**
 * Builds both applications. The steps are those of docs/fidelity.md §1, "Order of checks".
 *
 * @param given - the settings that the control API shows. Default: those that `options` stand for
 */
export function buildSandbox(options: AppOptions, given?: GivenSettings): SandboxParts {
  requireKnownOptions(options, appOptions)
  const switches = requireSwitches(options.switches)
  const { adminToken, publicUrl, tls } = options
  requireBearerToken({ adminToken })
  const settings = requireDeliveryOptions(options)
  const ownAddress = new OwnAddress(publicUrl, tls ? 'https' : 'http')
  const stores = buildStores(options, switches)
  const { accounts, clients, issued, webhooks, clock, sources, held, journal } = stores
  requireLogger(options.logger)
  const logger = options.logger && guardedLogger(options.logger as FastifyBaseLogger)
  const turns = new Turns()
  const steady = steadyClock(clock.now, (error) => {
    logger?.error({ err: error }, 'the time of the machine was taken')
  })
  const recorder = new JournalRecorder({ journal, clock: steady, ids: stores.requestIds })
  const { requestTimeoutMs, maxConnections } = options
  const parts = { logger, turns, recorder, requestTimeoutMs, maxConnections, tls }
  const { app, connections } = buildServer(parts)
  const { corsOrigins = [] } = options
  requireOrigins({ corsOrigins })
  if (corsOrigins.length > 0) addCors(app, new Set(corsOrigins))
  const views = buildViews(stores)
  const waits = new Waits()
  const requestWaits = buildRequestWaits(journal, turns, waits)
  const deliveries = new Lazy(
    () =>
      new Deliveries({
        ...stores,
        settings,
        switches,
        instants: sources.instants,
        clock: steady,
        log: (details: object | string, message?: string) => {
          logger?.info(details, message)
        },
        waits,
      }),
  )
  const changes = new Changes()
  const streams = buildStreams({ journal, turns, changes, deliveries })
  const control = buildControl({
    ...stores,
    requests: buildRequestControl(journal, requestWaits, turns, ownAddress),
    deliveries,
    views,
    switches,
    settings: given ?? givenByOptions(options, appOptions),
    changes,
    ownAddress,
  })

  const apiRoutes = listRoutes(app)
  const imitate = (scope: FastifyInstance): void => {
    const { faults } = stores
    addFaultInjection(scope, { faults, clock: clock.now, held, recorder, connections }) // step 1
    addJournal(scope, { recorder }) // Records the answers of faults, too.
  }
  // Paths and methods without a route. One scope has them all: each further scope costs as much at the start as ten routes.
  app.register((unknown, _options, done) => {
    imitate(unknown)
    unknown.setErrorHandler((error: FastifyError, request, reply) => {
      const send = isOAuth(request.url) ? sendOAuthError : sendProblem
      send(error, request, reply)
    })
    addBearerAuth(unknown, { accounts }) // step 2
    addSecondApplication(unknown, {
      owns: (target) => isOwn(target) && app.allowedMethods(target).length === 0,
      build: () => buildApplication({ logger, turns }),
      addRoutes: (second) => {
        const paced = changes.announced(buildPacedRequests(journal, turns), ['clear'], 'requests')
        const requests = { ...paced, ...requestWaits }
        addControlRoutes(second, {
          control,
          views,
          requests,
          streams,
          deliveries,
          switches,
          adminToken,
          ownAddress,
          server: app.server,
          apiRoutes,
        })
      },
    })
    unknown.register(notFound) // step 3
    done()
  })
  app.register(healthRoute, { prefix: '/__admin', version })
  app.register(authorizationServer, { prefix: '/.well-known', ownAddress })
  app.register((imitated, _options, done) => {
    imitate(imitated)
    imitated.register(tokens, { prefix: '/oauth2', clients, issued, ownAddress }) // CONTRACT §5
    imitated.register(keys, { prefix: '/oauth2' })
    imitated.register(
      (api, _apiOptions, apiDone) => {
        addBearerAuth(api, { accounts }) // step 2
        api.register(winkWebhookRoutes, {
          prefix: '/managing-entity/:managingEntityIdentifier(.+)', // steps 4 to 10
          accounts,
          store: webhooks,
          sources,
          switches,
        })
        apiDone()
      },
      { prefix: '/api' },
    )
    done()
  })
  app.addHook('preClose', (done) => {
    waits.close()
    deliveries.built?.close()
    streams.end()
    held.close()
    done()
  })
  return { app: Object.assign(app, { control }), connections, ownAddress, state: stores.state }
}
