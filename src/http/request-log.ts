import type { FastifyReply } from 'fastify'
import { logEntryOf } from './log-entry.ts'

/** Logs an exchange that has been answered. */
export function logExchange(reply: FastifyReply): void {
  const { request, statusCode: status } = reply
  const { context, method, url: target } = request
  const { elapsedMs: ms, refusal } = context
  reply.log.info(logEntryOf({ method, target, status, ms, detail: refusal?.message }))
}

/** Logs an exchange that gets no answer, or half of one. */
export function logUnanswered({ request, log }: FastifyReply, detail: string): void {
  const { method, url: target, context } = request
  log.info(logEntryOf({ method, target, status: null, ms: context.elapsedMs, detail }))
}
