import type { FastifyPluginCallback, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { pathOf } from '../domain/request-target.ts'

/** One line a request, without its query and its header fields, which may hold a token. */
const requestLogPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onResponse', (_request, reply, next) => {
    logExchange(reply, reply.elapsedTime)
    next()
  })
  done()
}

/** Logs an exchange that has been answered. */
export function logExchange(reply: FastifyReply, ms: number): void {
  const { request, problem } = reply
  reply.log.info({
    method: request.method,
    path: pathOf(request.url),
    status: reply.statusCode,
    ms: Math.round(ms * 1000) / 1000,
    ...(problem && { detail: problem.detail }),
  })
}

export const requestLog = fp(requestLogPlugin, {
  name: 'request-log',
  fastify: '5.x',
  dependencies: ['problem-details'],
})
