import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectBody } from './incoming-request.ts'
import { ApiError } from '../base/problems/problems.ts'
import type { BodyEnd, RequestBody } from './request-body.ts'

/** Largest request body, in bytes (CONTRACT §4, 413). */
export const maxBodyBytes = 1024 * 1024

/** Makes of a body what handlers get; what it throws refuses the request. */
export type BodyParser = (body: RequestBody) => unknown

const methodsWithBody = ['DELETE', 'PATCH', 'POST', 'PUT']

/**
 * Reads the body of a request in place of the framework's own reader, which cannot be shared: what the handlers get and
 * what the journal keeps would each be read by itself.
 *
 * @param next - gets what is wrong with the body, if anything is
 * @param limit - most bytes that the body may have
 */
export function readBody(
  request: FastifyRequest,
  parse: BodyParser,
  next: (error?: Error) => void,
  limit = maxBodyBytes,
): void {
  const contentLength = Number(request.headers['content-length'])
  if (contentLength > limit) {
    next(tooLarge(limit))
    return
  }
  const body = collectBody(request, limit)
  const refusalOf = (end: BodyEnd): Error | undefined => {
    if (end === 'too-large') return tooLarge(limit)
    if (end !== 'complete') return end
    const isComplete = Number.isNaN(contentLength) || contentLength === body.length
    return isComplete ? giveBody(request, parse, body) : incomplete()
  }
  body.read((end) => {
    const refusal = refusalOf(end)
    body.trim()
    next(refusal)
  })
}

/**
 * Forgets the body of a request whose answer is decided: a kept connection holds on to its last request, which may be
 * of a megabyte; parsed, of ten.
 */
export function releaseBody(request: FastifyRequest): void {
  request.body = undefined
}

/** Keeps the framework from reading bodies. */
export function leaveBodies(app: FastifyInstance): void {
  // Routes may say what their bodies are only as long as the framework believes that it reads them.
  app.addHook('onReady', (ready) => {
    for (const method of methodsWithBody) {
      app.addHttpMethod(method, { hasBody: false, overrideExisting: true })
    }
    ready()
  })
}

const tooLarge = (limit: number): ApiError =>
  new ApiError(
    'content-too-large',
    `Send a body within the limit of ${Math.floor(limit / 1024 / 1024)} MiB.`,
    {
      rule: 'body-size',
    },
  )

const incomplete = (): ApiError =>
  new ApiError('bad-request', 'The body is not as long as Content-Length says; send them alike.', {
    rule: 'body-json',
  })

/**
 * Gives a request its body.
 *
 * @returns what is wrong with it, if anything is
 */
function giveBody(
  request: { body: unknown },
  parse: BodyParser,
  body: RequestBody,
): Error | undefined {
  try {
    request.body = parse(body)
    return undefined
  } catch (error) {
    return error as Error
  }
}
