import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Control } from '../../control/control.ts'
import { addressesOf, type BaseUrlSource } from '../../domain/base-url.ts'
import { DataError } from '../../domain/data.ts'
import { ApiError } from '../../domain/problems.ts'
import {
  ClockReading,
  ClockSetting,
  EntityFilter,
  Reset,
  Tenant,
  TenantInput,
  Webhooks,
} from '../../schemas/control.ts'
import { SandboxData } from '../../schemas/data.ts'

/** Largest state that can be imported, in bytes. */
const maxStateBytes = 256 * 1024 * 1024

/** What the routes of the state work on. */
export interface StateRoutesOptions {
  readonly control: Control
  readonly baseUrlOf: BaseUrlSource
}

/** Shows and changes what the sandbox holds: webhooks, tenants, the clock, all of it. */
export const stateRoutes: FastifyPluginCallbackTypebox<StateRoutesOptions> = (
  app,
  { control, baseUrlOf },
  done,
) => {
  app.get(
    '/webhooks',
    { schema: { querystring: EntityFilter, response: { 200: Webhooks } } },
    (request, reply) => {
      reply.sendJson({ webhooks: control.webhooks.list(request.query) })
    },
  )

  app.post('/reset', { schema: { querystring: Reset, body: Reset } }, (request, reply) => {
    const inQuery = resetOf(request.query)
    const isInBody = Object.keys(inQuery).length === 0
    control.reset(isInBody ? request.body : { ...inQuery, ...request.body })
    void reply.code(204).send()
  })

  app.get('/state', { schema: { response: { 200: SandboxData } } }, (_request, reply) => {
    reply.sendJson(control.state.export())
  })
  app.put(
    '/state',
    { bodyLimit: maxStateBytes, schema: { body: SandboxData } },
    (request, reply) => {
      try {
        control.state.import(request.body)
      } catch (error) {
        throw error instanceof DataError ? badState(error) : error
      }
      void reply.code(204).send()
    },
  )

  app.post(
    '/tenants',
    { schema: { body: TenantInput, response: { 201: Tenant } } },
    (request, reply) => {
      const tenant = control.tenants.create(request.body)
      // The name under which the caller knows the sandbox: behind a mapped port it does not know its own.
      reply.code(201).sendJson({ ...tenant, ...addressesOf(baseUrlOf(request)) })
    },
  )

  app.get('/clock', { schema: { response: { 200: ClockReading } } }, (_request, reply) => {
    reply.sendJson(control.clock.read())
  })
  app.put(
    '/clock',
    { schema: { body: ClockSetting, response: { 200: ClockReading } } },
    (request, reply) => {
      reply.sendJson(control.clock.set(request.body))
    },
  )
  done()
}

const badState = ({ message, violations }: DataError): ApiError =>
  new ApiError('bad-request', `The state breaks a rule: ${message}.`, { violations })

/** A query is text: parts are separated by commas, or given one by one. */
function resetOf({ only, ...others }: Reset): Reset {
  if (only === undefined) return others
  return { ...others, only: [only].flat().flatMap((part) => part.split(',')) as typeof only }
}
