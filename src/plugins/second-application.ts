import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'
import type { Progress } from '../domain/progress.ts'

/** A second application, which answers what the first one does not know. */
export interface SecondApplicationOptions {
  /** Whether it answers requests of this target. */
  readonly owns: (target: string) => boolean
  /** Makes its server, without routes. */
  readonly build: () => FastifyInstance
  readonly addRoutes: (second: FastifyInstance) => void
}

/**
 * A second application answers unknown paths that it owns. It is built for the first of these requests, so that a
 * sandbox that needs it later, or never, starts sooner. To be registered in the scope of unknown paths.
 */
const secondApplicationPlugin: FastifyPluginCallback<SecondApplicationOptions> = (
  app,
  { owns, build, addRoutes },
  done,
) => {
  const progresses = new WeakMap<IncomingMessage, Progress>()
  const start = async (): Promise<FastifyInstance> => {
    const second = build()
    second.decorateRequest('progress')
    second.addHook('onRequest', (request, _reply, next) => {
      Object.assign(request, { progress: progresses.get(request.raw) })
      next()
    })
    addRoutes(second)
    await second.ready()
    return second
  }
  let started: Promise<FastifyInstance> | undefined
  app.addHook('onRequest', async ({ raw, url, progress }, reply) => {
    if (!owns(url)) return
    started ??= start()
    const second = await started
    progresses.set(raw, progress)
    reply.hijack()
    second.routing(raw, reply.raw)
  })
  app.addHook('onClose', async () => {
    await (await started)?.close()
  })
  done()
}

export const secondApplication = fp(secondApplicationPlugin, { name: 'second-application' })
