import type { Server } from 'node:http'
import type { FastifyInstance, RouteOptions } from 'fastify'
import type { Control } from './control.ts'
import type { Deliveries } from './deliveries/deliveries.ts'
import type { PacedRequests } from './journal/control.ts'
import type { RequestWaits } from './journal/waits.ts'
import type { Streams } from './stream/streams.ts'
import type { Views } from './views.ts'
import type { Lazy } from '../base/lazy.ts'
import type { OwnAddress } from '../base/own-address.ts'
import { isControl } from '../base/target.ts'
import { apiDescription, controlDescription } from '../docs/description.ts'
import { listRoutes } from '../http/server.ts'
import { notFound } from '../http/not-found.ts'
import { consolePage } from './console.ts'
import { controlRoutes } from './routes.ts'
import { openApi } from '../docs/openapi-route.ts'
import { reference } from '../docs/reference.ts'
import type { Switches } from '../wink/switches/types.ts'
import { version } from '../version.ts'

/** Options of {@link addControlRoutes}. */
export interface ControlAppParts {
  readonly control: Control
  readonly views: Views
  readonly requests: PacedRequests & RequestWaits
  readonly streams: Streams
  readonly deliveries: Lazy<Deliveries>
  readonly switches: Switches
  readonly adminToken: string | undefined
  readonly ownAddress: OwnAddress
  /** The server that requests come from. */
  readonly server: Server
  /** The routes of the API, for its OpenAPI document. */
  readonly apiRoutes: readonly RouteOptions[]
}

/**
 * Adds the routes that Wink does not have to an application: the control API, the OpenAPI documents, the reference page
 * and the console.
 */
export function addControlRoutes(
  app: FastifyInstance,
  {
    control,
    views,
    requests,
    streams,
    deliveries,
    switches,
    adminToken,
    ownAddress,
    server,
    apiRoutes,
  }: ControlAppParts,
): void {
  const routes = listRoutes(app, [...apiRoutes])
  app.register(notFound)
  app.register(controlRoutes, {
    prefix: '/__admin',
    control,
    views,
    requests,
    streams,
    deliveries,
    switches,
    adminToken,
    ownAddress,
    server,
    document: { description: controlDescription, routes, covers: isControl, version },
  })
  app.register(openApi, {
    ownAddress,
    document: {
      description: apiDescription,
      routes,
      covers: (path: string) => !isControl(path),
      version,
    },
  })
  app.register(reference)
  app.register(consolePage, { ownAddress })
}
