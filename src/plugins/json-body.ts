import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { TSchema } from '@sinclair/typebox'
import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { requireJsonBody } from '../domain/json-body.ts'
import { ApiError } from '../domain/problems.ts'
import { collectViolations, summarize } from '../domain/violations.ts'

/**
 * A body is JSON and follows the schema of its route, or it is 400 (CONTRACT §1 step 7).
 *
 * TypeBox checks, not the framework's Ajv: nothing is coerced, filled in or removed, and all violations
 * are counted without being kept in memory.
 */
const jsonBodyPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.removeAllContentTypeParsers()
  // Content of a DELETE means nothing (RFC 9110 §9.3.5); without this it would have to be JSON.
  app.addHttpMethod('DELETE', { hasBody: false, overrideExisting: true })
  // A wrong media type never gets here (step 5), so one parser takes whatever the header is called.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, next) => {
    next(null, requireJsonBody(bytes as Buffer))
  })
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    // Paths and header fields have rules of their own; their schemas are for readers.
    if (httpPart !== 'body') return (value: unknown) => ({ value })
    const checker = TypeCompiler.Compile(schema)
    return (value) => {
      if (checker.Check(value)) return { value }
      const violations = collectViolations(checker.Errors(value))
      const detail = summarize('The body', violations)
      return {
        error: new ApiError('bad-request', detail, {
          rule: 'body-schema',
          violations: violations.listed,
        }),
      }
    }
  })
  done()
}

export const jsonBody = fp(jsonBodyPlugin, {
  name: 'json-body',
  fastify: '5.x',
  dependencies: ['problem-details'],
})
