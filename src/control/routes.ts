import type { FastifyPluginCallback } from 'fastify'
import type { Lazy } from '../base/lazy.ts'
import { openApi, type OpenApiOptions } from '../docs/openapi-route.ts'
import { addPathChecks, notFound } from '../http/not-found.ts'
import { addControlAccess, type ControlAccessOptions } from './access.ts'
import { clockRoutes } from './clock/routes.ts'
import type { Control } from './control.ts'
import type { Deliveries } from './deliveries/deliveries.ts'
import { deliveryRoutes } from './deliveries/routes.ts'
import { faultRoutes } from './faults/routes.ts'
import { addControlInput } from './input.ts'
import type { PacedRequests } from './journal/control.ts'
import { requestRoutes } from './journal/routes.ts'
import type { RequestWaits } from './journal/waits.ts'
import { resetRoutes } from './reset/routes.ts'
import { settingRoutes } from './settings/routes.ts'
import { stateRoutes } from './state/routes.ts'
import { streamRoutes } from './stream/routes.ts'
import type { Streams } from './stream/streams.ts'
import { ambiguityRoutes } from './switches/routes.ts'
import { tenantRoutes } from './tenants/routes.ts'
import type { Switches } from '../wink/switches/types.ts'
import type { Views } from './views.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/** The parts of a sandbox that its control API needs. */
export interface ControlApiParts extends ControlAccessOptions {
  readonly control: Control
  readonly views: Views
  readonly requests: PacedRequests & RequestWaits
  readonly streams: Streams
  readonly deliveries: Lazy<Deliveries>
  readonly switches: Switches
}

/** Options of {@link controlRoutes}. */
export type ControlRoutesOptions = ControlApiParts & OpenApiOptions

const detail = 'There is no such path; docs/control-api.md and /__admin/openapi.json list them.'

/** The control API, below `/__admin`. Its OpenAPI document lists the routes in this order. */
export const controlRoutes: FastifyPluginCallback<ControlRoutesOptions> = (
  app,
  {
    control,
    views,
    requests,
    streams,
    deliveries,
    switches,
    adminToken,
    server,
    document,
    ownAddress,
  },
  done,
) => {
  const { ambiguities, settings, faults, state, tenants, clock } = control
  addControlAccess(app, { adminToken, ownAddress, server })
  addPathChecks(app, detail)
  addControlInput(app)
  app.register(notFound, { detail })
  app.register(ambiguityRoutes, { ambiguities })
  app.register(settingRoutes, { settings })
  app.register(faultRoutes, { faults })
  app.register(requestRoutes, { control: control.requests, requests, ownAddress })
  app.register(streamRoutes, { streams })
  app.register(deliveryRoutes, { control: control.deliveries, deliveries, switches })
  app.register(webhookRoutes, { views })
  app.register(resetRoutes, { control })
  app.register(stateRoutes, { state, views })
  app.register(tenantRoutes, { tenants, ownAddress })
  app.register(clockRoutes, { clock })
  app.register(openApi, { document, ownAddress })
  done()
}
