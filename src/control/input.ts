import type { FastifyInstance } from 'fastify'
import { hasBody } from '../http/body-framing.ts'
import { readBody } from '../http/body-reader.ts'
import { requireJsonBody } from '../http/json-body.ts'
import { requireJson } from '../http/media-type.ts'
import type { RequestBody } from '../http/request-body.ts'
import { refuseViolations, requireShape } from '../base/problems/validate.ts'
import { NoParameters } from './schema.ts'

/** Bodies are JSON, and nothing is ignored: no body and no parameter where none is taken. */
export function addControlInput(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, next) => {
    const { headers, routeOptions } = request
    if (!hasBody(headers)) {
      next()
      return
    }
    if (routeOptions.schema?.body === undefined) {
      const detail = 'must be left out: this operation takes no body'
      refuseViolations('The body', { total: 1, listed: [{ pointer: '#', detail }] })
    }
    requireJson(headers['content-type'])
    const parse = (body: RequestBody): unknown =>
      body.length === 0 ? undefined : requireJsonBody(body, headers['content-encoding'])
    readBody(request, parse, next, routeOptions.bodyLimit)
  })
  // Bodies and queries are checked by what they are given to, which the library calls too.
  app.setValidatorCompiler(() => () => true)
  app.addHook('preValidation', (request, _reply, next) => {
    const { routeOptions, query, method } = request
    // PUT requires a body; other methods treat a missing body as `{}`. `null` is a body.
    if (request.body === undefined && method !== 'PUT') request.body = {}
    if (routeOptions.schema?.querystring === undefined)
      requireShape(NoParameters, query, 'The query')
    next()
  })
}
