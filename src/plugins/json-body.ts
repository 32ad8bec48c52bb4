import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { requireJsonBody } from '../domain/json-body.ts'

/** A body is JSON, or it is 400 (CONTRACT §1 step 7). */
const jsonBodyPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.removeAllContentTypeParsers()
  // Content of a DELETE means nothing (RFC 9110 §9.3.5); without this it would have to be JSON.
  app.addHttpMethod('DELETE', { hasBody: false, overrideExisting: true })
  // A wrong media type never gets here (step 5), so one parser takes whatever the header is called; what
  // is found by its name is found sooner.
  app.addContentTypeParser(['application/json', '*'], (request, _payload, next) => {
    app.readBody(request, requireJsonBody, next)
  })
  done()
}

export const jsonBody = fp(jsonBodyPlugin, {
  name: 'json-body',
  dependencies: ['body-reader', 'problem-details'],
})
