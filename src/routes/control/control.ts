import type { FastifyPluginCallback } from 'fastify'
import type { Control } from '../../control/control.ts'
import type { PacedRequests } from '../../control/paced-requests.ts'
import type { RequestWaits } from '../../control/request-waits.ts'
import type { Views } from '../../control/views.ts'
import { controlAccess, type ControlAccessOptions } from '../../plugins/control-access.ts'
import { controlInput } from '../../plugins/control-input.ts'
import { notFound } from '../../plugins/not-found.ts'
import { openApi, type OpenApiOptions } from '../openapi.ts'
import { ambiguityRoutes } from './ambiguities.ts'
import { faultRoutes } from './faults.ts'
import { requestRoutes } from './requests.ts'
import { stateRoutes } from './state.ts'

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
