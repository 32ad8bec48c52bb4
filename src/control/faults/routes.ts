import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FaultControl } from './control.ts'
import { controlBodyDescriptions, controlProblems } from '../responses.ts'
import { jsonResponse, noContent } from '../../base/openapi/responses.ts'
import { EntityFilter } from '../schema.ts'
import { ArmedFault, ArmedFaults, FaultRule } from './schema.ts'
import { IdPath } from '../schema.ts'

const tags = ['Faults']

/** Arms, shows and removes faults. */
export const faultRoutes: FastifyPluginCallbackTypebox<{ readonly faults: FaultControl }> = (
  app,
  { faults },
  done,
) => {
  app.post(
    '/faults',
    {
      schema: {
        operationId: 'arm-fault',
        summary: 'Arm a fault',
        description: 'Arms a rule behind those that are armed.',
        tags,
        body: FaultRule,
        response: {
          201: jsonResponse('The armed fault.', ArmedFault),
          ...controlProblems({
            409: 'There is no room for one more rule.',
            ...controlBodyDescriptions,
          }),
        },
      },
    },
    (request, reply) => {
      reply.code(201).sendJson(faults.arm(request.body as FaultRule))
    },
  )
  app.get(
    '/faults',
    {
      schema: {
        operationId: 'list-faults',
        summary: 'List faults',
        description: 'Shows the armed rules in their order, those that are used up included.',
        tags,
        querystring: EntityFilter,
        response: {
          200: jsonResponse('The armed faults.', ArmedFaults),
          ...controlProblems(),
        },
      },
    },
    (request, reply) => {
      reply.sendJson({ faults: faults.list(request.query) })
    },
  )
  app.delete(
    '/faults',
    {
      schema: {
        operationId: 'clear-faults',
        summary: 'Remove faults',
        description: 'Removes all rules, or those of one managing entity.',
        tags,
        querystring: EntityFilter,
        response: { 204: noContent('They are gone.'), ...controlProblems() },
      },
    },
    (request, reply) => {
      faults.clear(request.query)
      void reply.code(204).send()
    },
  )

  app.get(
    '/faults/:id',
    {
      schema: {
        operationId: 'show-fault',
        summary: 'Show a fault',
        description: 'Shows a rule, and how often it has acted.',
        tags,
        params: IdPath,
        response: {
          200: jsonResponse('The armed fault.', ArmedFault),
          ...controlProblems({ 404: 'There is none with this id.' }),
        },
      },
    },
    (request, reply) => {
      reply.sendJson(faults.get(request.params.id))
    },
  )
  app.delete(
    '/faults/:id',
    {
      schema: {
        operationId: 'remove-fault',
        summary: 'Remove a fault',
        description: 'Removes one rule.',
        tags,
        params: IdPath,
        response: {
          204: noContent('It is gone.'),
          ...controlProblems({ 404: 'There is none with this id.' }),
        },
      },
    },
    (request, reply) => {
      faults.remove(request.params.id)
      void reply.code(204).send()
    },
  )
  done()
}
