import type { Server } from 'node:http'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { referenceFolder } from './assets.ts'
import type { Control } from './control/control.ts'
import type { PacedRequests } from './control/paced-requests.ts'
import type { RequestWaits } from './control/request-waits.ts'
import type { Views } from './control/views.ts'
import type { OwnAddress } from './domain/own-address.ts'
import { isControl } from './domain/request-target.ts'
import { apiDescription, controlDescription } from './openapi/description.ts'
import { bodyReader } from './plugins/body-reader.ts'
import { headRequests } from './plugins/head-requests.ts'
import { jsonReply } from './plugins/json-reply.ts'
import { methodNotAllowed } from './plugins/method-not-allowed.ts'
import { notFound } from './plugins/not-found.ts'
import { problemDetails } from './plugins/problem-details.ts'
import { controlRoutes } from './routes/control/control.ts'
import { openApi } from './routes/openapi.ts'
import { reference } from './routes/reference.ts'
import type { Turns } from './stores/turns.ts'
import { version } from './version.ts'

/** What the second application works on. */
export interface ControlAppParts {
  readonly control: Control
  readonly views: Views
  readonly requests: PacedRequests & RequestWaits
  readonly turns: Turns
  readonly adminToken: string | undefined
  readonly ownAddress: OwnAddress
  /** The server that requests come from. */
  readonly server: Server
  /** The routes of the API, for its OpenAPI document. */
  readonly apiRoutes: readonly RouteOptions[]
}

/**
 * Adds to a server what is no part of Wink's API: the control API, the OpenAPI documents and the reference page.
 */
export function addControlRoutes(
  app: FastifyInstance,
  { control, views, requests, turns, adminToken, ownAddress, server, apiRoutes }: ControlAppParts,
): void {
  const routes = [...apiRoutes]
  app.addHook('onRoute', (route) => {
    routes.push({ ...route })
  })
  app.register(problemDetails)
  app.register(headRequests)
  app.register(methodNotAllowed)
  app.register(bodyReader)
  app.register(jsonReply, { turns })
  app.register(notFound)
  app.register(controlRoutes, {
    prefix: '/__admin',
    control,
    views,
    requests,
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
  app.register(reference, { folder: referenceFolder })
}
