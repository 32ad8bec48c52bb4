import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { RequestContext } from './request-context.ts'

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
 * sandbox that needs it later, or never, starts sooner.
 */
export function addSecondApplication(
  app: FastifyInstance,
  { owns, build, addRoutes }: SecondApplicationOptions,
): void {
  const contexts = new WeakMap<IncomingMessage, RequestContext>()
  const start = async (): Promise<FastifyInstance> => {
    const second = build()
    second.addHook('onRequest', (request, _reply, next) => {
      Object.assign(request, { context: contexts.get(request.raw) })
      next()
    })
    addRoutes(second)
    await second.ready()
    return second
  }
  let started: Promise<FastifyInstance> | undefined
  app.addHook('onRequest', async ({ raw, url, context }, reply) => {
    if (!owns(url)) return
    started ??= start()
    const second = await started
    contexts.set(raw, context)
    reply.hijack()
    second.routing(raw, reply.raw)
  })
  app.addHook('onClose', async () => {
    await (await started)?.close()
  })
}
