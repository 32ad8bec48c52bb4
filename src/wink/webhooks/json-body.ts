import type { FastifyPluginCallback, preValidationHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { requireJsonBody } from '../../http/json-body.ts'
import { withHook } from '../../http/route-hooks.ts'

/** Where a route has a body it is JSON, or it is 400 (CONTRACT §1 step 7); elsewhere it means nothing. */
const jsonBodyPlugin: FastifyPluginCallback = (app, _options, done) => {
  const read: preValidationHookHandler = (request, _reply, next) => {
    app.readBody(
      request,
      (body) => requireJsonBody(body, request.headers['content-encoding']),
      next,
    )
  }
  app.addHook('onRoute', (route) => {
    if (route.schema?.body !== undefined) {
      route.preValidation = withHook(route.preValidation, read)
    }
  })
  done()
}

export const jsonBody = fp(jsonBodyPlugin, {
  name: 'json-body',
})
