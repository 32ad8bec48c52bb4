import type { Duplex } from 'node:stream'
import type { FastifyBaseLogger, FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError, toProblem } from '../base/problems/problems.ts'
import type { ProblemName, RuleName } from '../base/problems/types.ts'
import { releaseBody } from './body-reader.ts'
import type { Answer } from './answer.ts'
import { endConnection } from './connections.ts'

const contentType = 'application/problem+json'

/** Problems of the framework's own refusals, by error code. */
const frameworkProblems: Record<string, [ProblemName, string, RuleName]> = {
  FST_ERR_BAD_URL: [
    'bad-request',
    'The path cannot be decoded; percent-encode it as UTF-8 (RFC 3986).',
    'request-target',
  ],
  ECONNRESET: ['bad-request', 'The connection closed before the body was complete.', 'body-json'],
}

/** The answer to a refusal, except its status. */
export interface ErrorAnswer {
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: object
}

/** How a scope tells of a refusal. */
export type ErrorFormat = (refusal: ApiError, request: FastifyRequest) => ErrorAnswer

/**
 * Answers an error with its problem, as the only writer of error bodies (CONTRACT §4; RFC 9457). An error that no
 * rule has thrown is a 500.
 */
export const sendProblem = errorHandler((refusal, { url }) => ({
  contentType,
  headers: refusal.headers,
  body: toProblem(refusal, url),
}))

/** Answers errors in a format of their own, for `setErrorHandler`. */
export function errorHandler(format: ErrorFormat) {
  return (error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply): void => {
    const refusal = refusalOf(error, request.log)
    request.context.refusal = refusal
    send(reply, refusal, format(refusal, request))
  }
}

function send(reply: FastifyReply, { status, title }: ApiError, answer: ErrorAnswer): void {
  releaseBody(reply.request)
  reply.raw.statusMessage = title
  void reply
    .code(status)
    .headers(answer.headers)
    .header('content-type', answer.contentType)
    .serializer(JSON.stringify)
    .send(answer.body)
}

/** The refusal that a client gets for an error. Logs unexpected errors. */
export function refusalOf(error: FastifyError | ApiError, log: FastifyBaseLogger): ApiError {
  if (error instanceof ApiError) return error
  const known = frameworkProblems[error.code]
  if (known) {
    const [problem, detail, rule] = known
    return new ApiError(problem, detail, { rule })
  }
  log.error({ err: error }, 'unexpected failure')
  return new ApiError(
    'internal-server-error',
    'The sandbox failed unexpectedly; its log says why. Please report it.',
  )
}

/** A problem as an answer, for requests that never reach the framework. */
export interface ProblemAnswer extends Answer {
  readonly title: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The problem of a refusal as an answer.
 *
 * @param target - request target; undefined if the parser found none
 */
export function problemAnswer(error: ApiError, target: string | undefined): ProblemAnswer {
  const { status, title, headers } = error
  const body = JSON.stringify(toProblem(error, target))
  const length = String(Buffer.byteLength(body))
  const fields = { ...headers, 'content-type': contentType, 'content-length': length }
  return { status, title, headers: fields, body }
}

/** Answers on a bare socket, and closes it. */
export function endWithProblem(socket: Duplex, { status, title, headers, body }: ProblemAnswer) {
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    ...Object.entries({ ...headers, connection: 'close' }).map(
      ([name, value]) => `${capitalized(name)}: ${value}`,
    ),
  ]
  endConnection(socket, `${head.join('\r\n')}\r\n\r\n${body}`)
}

/** The usual spelling of a name, such as `Content-Type`. */
const capitalized = (name: string): string =>
  name.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase())
