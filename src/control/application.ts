import type { FastifyInstance, RouteOptions } from 'fastify'
import { isControl } from '../base/target.ts'
import { apiDescription, controlDescription } from '../docs/description.ts'
import { listRoutes } from '../http/server.ts'
import { notFound } from '../http/not-found.ts'
import { consolePage } from './console.ts'
import { controlRoutes, type ControlApiParts } from './routes.ts'
import { openApi } from '../docs/openapi-route.ts'
import { reference } from '../docs/reference.ts'
import { version } from '../version.ts'

/** Options of {@link addControlRoutes}. */
export interface ControlAppParts extends ControlApiParts {
  /** The routes of the API, for its OpenAPI document. */
  readonly apiRoutes: readonly RouteOptions[]
}

/**
 * Adds the routes that Wink does not have to an application: the control API, the OpenAPI documents, the reference page
 * and the console.
 */
export function addControlRoutes(
  app: FastifyInstance,
  { apiRoutes, ...parts }: ControlAppParts,
): void {
  const { ownAddress } = parts
  const routes = listRoutes(app, [...apiRoutes])
  app.register(notFound)
  app.register(controlRoutes, {
    ...parts,
    prefix: '/__admin',
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
