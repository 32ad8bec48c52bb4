import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiError } from '../base/problems/problems.ts'

/** Takes note of requests and of their answers. */
export interface Recorder {
  /** Notes an exchange before it is answered; `status` is null if no answer is sent. */
  recordExchange(reply: FastifyReply, status: number | null): void
  /** Notes a request that the framework refused before it looked for a route. */
  recordUnrouted(reply: FastifyReply, status: number): void
  /**
   * Notes a request that the HTTP parser refused.
   *
   * @param request - absent if the parser did not get as far as its head
   * @returns header fields of the answer
   */
  recordBroken(
    refusal: ApiError,
    request?: FastifyRequest,
    durationMs?: number,
  ): Readonly<Record<string, string>>
}
