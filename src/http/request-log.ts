import type { FastifyReply } from 'fastify'
import { logEntryOf } from './log-entry.ts'
import { requestIdHeader } from './recorder.ts'

/** Logs an exchange that has been answered. A successful probe is logged at the level of its route. */
export function logExchange(reply: FastifyReply): void {
  const { request, statusCode: status } = reply
  const { context, method, url: target, routeOptions } = request
  const { elapsedMs: ms, refusal } = context
  const level = refusal === null ? (routeOptions.config.probeLogLevel ?? 'info') : 'info'
  reply.log[level](
    logEntryOf({ id: idOf(reply), method, target, status, ms, detail: refusal?.message }),
  )
}

/** Logs an exchange that gets no answer, or half of one. */
export function logUnanswered(reply: FastifyReply, detail: string): void {
  const { method, url: target, context } = reply.request
  const { elapsedMs: ms } = context
  reply.log.info(logEntryOf({ id: idOf(reply), method, target, status: null, ms, detail }))
}

const idOf = (reply: FastifyReply): string | undefined =>
  reply.getHeader(requestIdHeader)?.toString()

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The level at which answers to probes are logged. Default: info. */
    probeLogLevel?: 'debug'
  }
}
