import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import { collectBody } from '../domain/incoming-request.ts'
import { ApiError } from '../domain/problems.ts'

/** How many requests may be held at a time. */
const maxHeld = 1_000

/** Why a request is no longer held: its time is up, its client gave up, or the server closes. */
export type HoldEnd = 'time' | 'gone' | 'closing'

/** Lets requests wait, but not for ever, not too many, and not beyond the end of the server. */
const holdingPlugin: FastifyPluginCallback = (app, _options, done) => {
  const held = new Set<() => void>()
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
        held.delete(release)
        resolve(why)
      }
      const gone = (): void => {
        end('gone')
      }
      const release = (): void => {
        end('closing')
      }
      const timer = ms === undefined ? undefined : setTimeout(end, ms, 'time')
      socket.once('close', gone)
      held.add(release)
    })
  })
  app.addHook('preClose', (next) => {
    closing = true
    for (const release of held) release()
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
     * @param ms - for how long; until the client or the server ends it, where this is left out
     * @throws ApiError `service-unavailable` if too many requests are held
     */
    hold(request: FastifyRequest, ms?: number): Promise<HoldEnd>
  }
}
