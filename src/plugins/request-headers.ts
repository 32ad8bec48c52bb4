import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { requireJson } from '../domain/media-type.ts'
import { requireWinkVersion } from '../domain/wink-version.ts'
import type { Switches } from '../schemas/switches.ts'

/** Which header fields are looked at. */
export type RequestHeadersOptions = Pick<Switches, 'winkVersion'>

/**
 * Media type, then `Wink-Version`, before the body is read (CONTRACT §1 steps 5 and 6).
 *
 * One hook for both: the hooks of a scope run before those of a route, so two would change places.
 */
const requestHeadersPlugin: FastifyPluginCallback<RequestHeadersOptions> = (
  app,
  { winkVersion },
  done,
) => {
  app.addHook('preParsing', (request, _reply, payload, next) => {
    if (request.routeOptions.schema?.body !== undefined)
      requireJson(request.headers['content-type'])
    if (winkVersion === 'check') requireWinkVersion(request.headers['wink-version'])
    next(null, payload)
  })
  done()
}

export const requestHeaders = fp(requestHeadersPlugin, {
  name: 'request-headers',
  dependencies: ['problem-details'],
})
