import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { Control } from '../control.ts'
import type { Views } from '../views.ts'
import { addressesOf, type OwnAddress } from '../../base/own-address.ts'
import { DataError } from '../../wink/data.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { refuseViolations } from '../../base/problems/validate.ts'
import { controlBodyMeanings, controlProblems } from '../responses.ts'
import { jsonResponse, noContent } from '../../base/openapi/responses.ts'
import {
  ClockReading,
  ClockSetting,
  EntityFilter,
  Reset,
  Tenant,
  TenantInput,
  Webhooks,
} from '../schema.ts'
import { SandboxData } from '../../wink/data-schema.ts'

/** Largest state that can be imported, in bytes. */
const maxStateBytes = 256 * 1024 * 1024

const tags = ['State']

/** What the routes of the state work on. */
export interface StateRoutesOptions {
  readonly control: Control
  readonly views: Views
  readonly ownAddress: OwnAddress
}

/** Shows and changes what the sandbox holds: webhooks, tenants, the clock, all of it. */
export const stateRoutes: FastifyPluginCallbackTypebox<StateRoutesOptions> = (
  app,
  { control, views, ownAddress },
  done,
) => {
  app.get(
    '/webhooks',
    {
      schema: {
        operationId: 'list-all-webhooks',
        summary: 'List stored webhooks',
        description: 'Shows the webhooks of all managing entities, or of one.',
        tags,
        querystring: EntityFilter,
        response: { 200: jsonResponse('The webhooks.', Webhooks), ...controlProblems() },
      },
    },
    (request, reply) => {
      reply.sendJson({ webhooks: views.webhooks(request.query) })
    },
  )

  app.post(
    '/reset',
    {
      schema: {
        operationId: 'reset',
        summary: 'Reset the sandbox',
        description:
          'Goes back to how the sandbox started: all of it, or some parts, or one managing entity.',
        tags,
        querystring: Reset,
        body: Reset,
        response: {
          204: noContent('It is reset.'),
          ...controlProblems(controlBodyMeanings),
        },
      },
    },
    (request, reply) => {
      control.reset(inOnePlace(resetOf(request.query), request.body))
      void reply.code(204).send()
    },
  )

  app.get(
    '/state',
    {
      schema: {
        operationId: 'export-state',
        summary: 'Export the state',
        description: 'Shows what the sandbox holds, as a data file.',
        tags,
        response: { 200: jsonResponse('The state.', SandboxData), ...controlProblems() },
      },
    },
    (_request, reply) => {
      reply.sendJson(views.state())
    },
  )
  app.put(
    '/state',
    {
      bodyLimit: maxStateBytes,
      schema: {
        operationId: 'import-state',
        summary: 'Import a state',
        description: 'Replaces what the sandbox holds by a data file.',
        tags,
        body: SandboxData,
        response: {
          204: noContent('It holds the state.'),
          ...controlProblems(controlBodyMeanings),
        },
      },
    },
    (request, reply) => {
      const data = request.body as SandboxData | undefined
      // What would empty a sandbox from the library is more likely forgotten here.
      if (data === undefined) {
        throw new ApiError('bad-request', 'The body is empty; send a data file ({} empties all).')
      }
      try {
        control.state.import(data)
      } catch (error) {
        throw error instanceof DataError ? badState(error) : error
      }
      void reply.code(204).send()
    },
  )

  app.post(
    '/tenants',
    {
      schema: {
        operationId: 'create-tenant',
        summary: 'Create a tenant',
        description:
          'Makes a managing entity of its own for a test, with a token and a client for it.',
        tags,
        body: TenantInput,
        response: {
          201: jsonResponse('The tenant.', Tenant),
          ...controlProblems(controlBodyMeanings),
        },
      },
    },
    (request, reply) => {
      const tenant = control.tenants.create(request.body)
      // The name under which the caller knows the sandbox: behind a mapped port it does not know its own.
      reply.code(201).sendJson({ ...tenant, ...addressesOf(ownAddress.baseUrlOf(request)) })
    },
  )

  app.get(
    '/clock',
    {
      schema: {
        operationId: 'read-clock',
        summary: 'Read the clock',
        description: 'Shows the time of the sandbox.',
        tags,
        response: { 200: jsonResponse('The clock.', ClockReading), ...controlProblems() },
      },
    },
    (_request, reply) => {
      reply.sendJson(control.clock.read())
    },
  )
  app.put(
    '/clock',
    {
      schema: {
        operationId: 'set-clock',
        summary: 'Set the clock',
        description: 'Lets the clock go with the system, stand still, or be ahead or behind.',
        tags,
        body: ClockSetting,
        response: {
          200: jsonResponse('The clock.', ClockReading),
          ...controlProblems(controlBodyMeanings),
        },
      },
    },
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

/**
 * What is given in a query and in a body, each member in one of them.
 *
 * @throws ApiError `bad-request` that points at the members that are given twice
 */
function inOnePlace(query: Reset, body: Reset): Reset {
  const names = Object.keys(query) as (keyof Reset)[]
  if (names.length === 0 || !isObject(body)) return body
  const listed = names
    .filter((name) => (body[name] ?? undefined) !== undefined)
    .map((name) => ({ pointer: `#/${name}`, detail: 'must be left out: the query has it already' }))
  refuseViolations('The body', { total: listed.length, listed })
  return { ...body, ...query }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
