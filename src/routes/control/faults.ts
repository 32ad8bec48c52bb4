import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { Control } from '../../control/control.ts'
import { EntityFilter } from '../../schemas/control.ts'
import { ArmedFault, ArmedFaults, FaultRule } from '../../schemas/fault.ts'

/** Arms, shows and removes faults. */
export const faultRoutes: FastifyPluginCallbackTypebox<{ readonly control: Control }> = (
  app,
  { control: { faults } },
  done,
) => {
  const params = Type.Object({ id: Type.String() })

  app.post(
    '/faults',
    { schema: { body: FaultRule, response: { 201: ArmedFault } } },
    (request, reply) => {
      reply.code(201).sendJson(faults.arm(request.body))
    },
  )
  app.get(
    '/faults',
    { schema: { querystring: EntityFilter, response: { 200: ArmedFaults } } },
    (request, reply) => {
      reply.sendJson({ faults: faults.list(request.query) })
    },
  )
  app.delete('/faults', { schema: { querystring: EntityFilter } }, (request, reply) => {
    faults.clear(request.query)
    void reply.code(204).send()
  })

  app.get(
    '/faults/:id',
    { schema: { params, response: { 200: ArmedFault } } },
    (request, reply) => {
      reply.sendJson(faults.get(request.params.id))
    },
  )
  app.delete('/faults/:id', { schema: { params } }, (request, reply) => {
    faults.remove(request.params.id)
    void reply.code(204).send()
  })
  done()
}
