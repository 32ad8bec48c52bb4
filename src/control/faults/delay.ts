import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { managingEntityOf } from '../../wink/webhooks/entity.ts'
import { collectBody } from '../../http/incoming-request.ts'
import { ApiError } from '../../base/problems/problems.ts'
import type { HeldRequest, HeldRequests, HoldEnd } from './held-requests.ts'

/** How many requests may be held at a time. */
const maxHeld = 1_000

/** What the holding works on. */
export interface HoldingOptions {
  readonly held: HeldRequests
}

/** Lets requests wait, but not for ever, not too many, and not beyond a reset or the end of the server. */
const holdingPlugin: FastifyPluginCallback<HoldingOptions> = (app, { held }, done) => {
  let closing = false
  app.decorate('hold', (request, ms) => {
    const { socket } = request.raw
    if (closing) return Promise.resolve('closing')
    if (held.size >= maxHeld) {
      return Promise.reject(
        new ApiError('service-unavailable', `${maxHeld} requests are held already; end some.`),
      )
    }
    // Behind a body that nobody reads it is not seen that the client gives up, and its time limit goes on.
    collectBody(request, request.routeOptions.bodyLimit)
    return new Promise<HoldEnd>((resolve) => {
      const end = (why: HoldEnd): void => {
        clearTimeout(timer)
        socket.off('close', gone)
        held.delete(place)
        resolve(why)
      }
      const gone = (): void => {
        end('gone')
      }
      const place: HeldRequest = {
        managingEntityIdentifier: managingEntityOf(request),
        context: request.context,
        end,
      }
      const timer = ms === undefined ? undefined : setTimeout(end, ms, 'time')
      socket.once('close', gone)
      held.add(place)
    })
  })
  app.addHook('preClose', (next) => {
    closing = true
    held.close()
    next()
  })
  done()
}

export const holding = fp(holdingPlugin, {
  name: 'holding',
  dependencies: ['connections'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Waits before a request goes on.
     *
     * @param ms - for how long; without it, until the client, a reset or the server ends it
     * @throws ApiError `service-unavailable` if too many requests are held
     */
    hold(request: FastifyRequest, ms?: number): Promise<HoldEnd>
  }
}
