import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import {
  preferredFault,
  scriptedProblem,
  type Fault,
  type FaultEffect,
  type FaultedRoute,
} from '../domain/faults.ts'

/** Where faults come from, in order of precedence: the first that has one for a request decides. */
const sources: readonly ((request: FastifyRequest) => Fault | undefined)[] = [
  ({ headers }) => preferredFault(headers['prefer']?.toString()),
]

/** What faults do, by kind of effect. */
const effects: Readonly<Record<FaultEffect['kind'], (fault: Fault, route: FaultedRoute) => never>> =
  {
    problem: (fault, route) => {
      throw scriptedProblem(fault, route)
    },
  }

/** A scripted fault answers before anything else looks at the request (CONTRACT §1 step 1). */
const faultInjectionPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRequest', (request, _reply, next) => {
    for (const source of sources) {
      const fault = source(request)
      if (fault) effects[fault.effect.kind](fault, routeOf(request))
    }
    next()
  })
  done()
}

function routeOf({ server, routeOptions }: FastifyRequest): FaultedRoute {
  return {
    methods: server.allowedMethods(routeOptions.url),
    scope: routeOptions.config.scope ?? 'account.write',
  }
}

export const faultInjection = fp(faultInjectionPlugin, {
  name: 'fault-injection',
  fastify: '5.x',
  dependencies: ['problem-details', 'method-not-allowed'],
})
