import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { requireJsonBody } from '../domain/json-body.ts'

/** Where a route has a body it is JSON, or it is 400 (CONTRACT §1 step 7); elsewhere it means nothing. */
const jsonBodyPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('preValidation', (request, _reply, next) => {
    if (request.routeOptions.schema?.body === undefined) next()
    else app.readBody(request, requireJsonBody, next)
  })
  done()
}

export const jsonBody = fp(jsonBodyPlugin, {
  name: 'json-body',
  dependencies: ['body-reader', 'problem-details'],
})
