import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { isMediaType } from '../../http/media-type.ts'
import { badTokenRequest } from './form.ts'

/** Bodies are forms (RFC 6749 §3.2); whoever handles them reads them from the text. */
const formBodyPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('preParsing', (request, _reply, payload, next) => {
    if (!isMediaType(request.headers['content-type'], 'application/x-www-form-urlencoded')) {
      // OAuth has no error of its own for a wrong media type (RFC 6749 §4.4.2, appendix B).
      throw badTokenRequest('Send the body as Content-Type: application/x-www-form-urlencoded.')
    }
    next(null, payload)
  })
  app.addHook('preValidation', (request, _reply, next) => {
    app.readBody(request, ({ text }) => text, next)
  })
  // The schema says what a form holds; here it is a text still.
  app.setValidatorCompiler(() => () => true)
  done()
}

export const formBody = fp(formBodyPlugin, {
  name: 'form-body',
})
