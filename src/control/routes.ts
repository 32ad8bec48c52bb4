import type { FastifyPluginCallback } from 'fastify'
import type { Control } from './control.ts'
import type { PacedRequests } from './journal/paced.ts'
import type { RequestWaits } from './journal/waits.ts'
import type { Views } from './views.ts'
import { controlAccess, type ControlAccessOptions } from './access.ts'
import { controlInput } from './input.ts'
import { notFound } from '../http/not-found.ts'
import { openApi, type OpenApiOptions } from '../docs/openapi-route.ts'
import { ambiguityRoutes } from './switches/routes.ts'
import { faultRoutes } from './faults/routes.ts'
import { requestRoutes } from './journal/routes.ts'
import { stateRoutes } from './state/routes.ts'

/** What the routes of the control API work on. */
export interface ControlRoutesOptions extends ControlAccessOptions, OpenApiOptions {
  readonly control: Control
  readonly views: Views
  readonly requests: PacedRequests & RequestWaits
}

/** The control API, below `/__admin`: how a test steers the sandbox from outside. */
export const controlRoutes: FastifyPluginCallback<ControlRoutesOptions> = (
  app,
  { control, views, requests, adminToken, server, document, ownAddress },
  done,
) => {
  app.register(controlAccess, { adminToken, ownAddress, server })
  app.register(controlInput)
  app.register(notFound, { detail: 'There is no such path; docs/control-api.md lists them.' })
  app.register(ambiguityRoutes, { control })
  app.register(faultRoutes, { control })
  app.register(requestRoutes, { control, requests })
  app.register(stateRoutes, { control, views, ownAddress })
  app.register(openApi, { document, ownAddress })
  done()
}
