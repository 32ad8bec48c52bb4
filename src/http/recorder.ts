import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ApiError } from '../base/problems/problems.ts'
import type { Answer } from './answer.ts'

/** The header field of an answer that names its request. */
export const requestIdHeader = 'x-wink-mock-request-id'

/** Takes note of requests and of their answers. */
export interface Recorder {
  /** Notes an exchange before it is answered; `answer` is null if none is sent. */
  recordExchange(reply: FastifyReply, answer: Answer | null): void
  /** Notes a request that the framework refused before it looked for a route. */
  recordUnrouted(reply: FastifyReply, answer: Answer): void
  /**
   * Notes a request that the HTTP parser refused.
   *
   * @param request - absent if the parser did not get as far as its head
   * @returns header fields of the answer
   */
  recordBroken(
    refusal: ApiError,
    answer: Answer,
    request?: FastifyRequest,
    durationMs?: number,
  ): Readonly<Record<string, string>>
}
