import type { FastifyPluginCallback, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { logEntryOf } from '../domain/log-entry.ts'

/** One line a request. */
const requestLogPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onResponse', (_request, reply, next) => {
    logExchange(reply, reply.elapsedTime)
    next()
  })
  done()
}

/** Logs an exchange that has been answered. */
export function logExchange(reply: FastifyReply, ms: number): void {
  const { request, problem, statusCode: status } = reply
  const { method, url: target } = request
  reply.log.info(logEntryOf({ method, target, status, ms, detail: problem?.detail }))
}

export const requestLog = fp(requestLogPlugin, {
  name: 'request-log',
  fastify: '5.x',
  dependencies: ['problem-details'],
})
