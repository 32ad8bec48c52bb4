import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { requireFormType } from '../domain/media-type.ts'

/** Bodies are forms (RFC 6749 §3.2); whoever handles them reads them from the text. */
const formBodyPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('preParsing', (request, _reply, payload, next) => {
    requireFormType(request.headers['content-type'])
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
  dependencies: ['body-reader', 'problem-details'],
})
