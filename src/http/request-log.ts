import type { FastifyReply } from 'fastify'
import { logEntryOf } from './log-entry.ts'

/** Logs an exchange that has been answered. */
export function logExchange(reply: FastifyReply, ms: number): void {
  const { request, statusCode: status } = reply
  const { context, method, url: target } = request
  reply.log.info(logEntryOf({ method, target, status, ms, detail: context.refusal?.message }))
}

/** Logs an exchange that gets no answer, or half of one. */
export function logUnanswered(
  { request, elapsedTime: ms, log }: FastifyReply,
  detail: string,
): void {
  const { method, url: target } = request
  log.info(logEntryOf({ method, target, status: null, ms, detail }))
}
