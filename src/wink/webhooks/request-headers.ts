import type { FastifyPluginCallback, preParsingHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { requireJson } from '../../http/media-type.ts'
import { withHook } from '../../http/route-hooks.ts'
import { requireWinkVersion } from './wink-version.ts'
import type { Switches } from '../switches/schema.ts'

/** Which header fields are looked at. */
export type RequestHeadersOptions = Pick<Switches, 'winkVersion'>

/** Media type, then `Wink-Version`, before the body is read (CONTRACT §1 steps 5 and 6). */
const requestHeadersPlugin: FastifyPluginCallback<RequestHeadersOptions> = (
  app,
  { winkVersion },
  done,
) => {
  app.addHook('onRoute', (route) => {
    const hasBody = route.schema?.body !== undefined
    const check: preParsingHookHandler = ({ headers }, _reply, payload, next) => {
      if (hasBody) requireJson(headers['content-type'])
      if (winkVersion === 'check') requireWinkVersion(headers['wink-version'])
      next(null, payload)
    }
    route.preParsing = withHook(route.preParsing, check)
  })
  done()
}

export const requestHeaders = fp(requestHeadersPlugin, {
  name: 'request-headers',
})
