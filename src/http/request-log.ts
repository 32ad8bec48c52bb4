import type { FastifyPluginCallback, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { logEntryOf } from './log-entry.ts'

/** Whether there is somebody to log for. */
export interface RequestLogOptions {
  readonly isOn: boolean
}

/** One line a request. */
const requestLogPlugin: FastifyPluginCallback<RequestLogOptions> = (app, { isOn }, done) => {
  // A hook that does nothing takes its time all the same.
  if (isOn) {
    app.addHook('onResponse', (_request, reply, next) => {
      logExchange(reply, reply.elapsedTime)
      next()
    })
  }
  app.decorate('logUnanswered', (reply, detail) => {
    const { request, elapsedTime: ms } = reply
    reply.log.info(
      logEntryOf({ method: request.method, target: request.url, status: null, ms, detail }),
    )
  })
  done()
}

/** Logs an exchange that has been answered. */
export function logExchange(reply: FastifyReply, ms: number): void {
  const { request, statusCode: status } = reply
  const { context, method, url: target } = request
  reply.log.info(logEntryOf({ method, target, status, ms, detail: context.refusal?.message }))
}

export const requestLog = fp(requestLogPlugin, {
  name: 'request-log',
  dependencies: ['connections'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Logs an exchange that gets no answer, or half of one. */
    logUnanswered(reply: FastifyReply, detail: string): void
  }
}
