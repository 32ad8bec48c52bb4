import { getHeapStatistics } from 'node:v8'
import type { FastifyInstance } from 'fastify'
import { parsedSizeOf } from '../base/json/memory.ts'
import { ApiError } from '../base/problems/problems.ts'
import { hasBody } from '../http/body-framing.ts'
import { readBody } from '../http/body-reader.ts'
import { requireJsonBody } from '../http/json-body.ts'
import { requireJson } from '../http/media-type.ts'
import type { RequestBody } from '../http/request-body.ts'
import { refuseViolations, requireShape } from '../base/problems/validate.ts'
import { NoParameters } from './schema.ts'

/** Bodies are JSON, and nothing is ignored: no body and no parameter where none is taken. */
export function addControlInput(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, next) => {
    const { headers, routeOptions } = request
    if (!hasBody(headers)) {
      next()
      return
    }
    if (routeOptions.schema?.body === undefined) {
      const detail = 'must be left out: this operation takes no body'
      refuseViolations('The body', { total: 1, listed: [{ pointer: '#', detail }] })
    }
    requireJson(headers['content-type'])
    const parse = (body: RequestBody): unknown => {
      if (body.length === 0) return undefined
      requireMemoryFor(body)
      return requireJsonBody(body, headers['content-encoding'])
    }
    readBody(request, parse, next, routeOptions.bodyLimit)
  })
  // Bodies and queries are checked by what they are given to, which the library calls too.
  app.setValidatorCompiler(() => () => true)
  app.addHook('preValidation', (request, _reply, next) => {
    const { routeOptions, query, method } = request
    // PUT requires a body; other methods treat a missing body as `{}`. `null` is a body.
    if (request.body === undefined && method !== 'PUT') request.body = {}
    if (routeOptions.schema?.querystring === undefined)
      requireShape(NoParameters, query, 'The query')
    next()
  })
}

/**
 * Maximum memory of a parsed body, in bytes: parsing more could end the process. V8's limit includes the young generation,
 * which may be three quarters of it where the heap is small.
 */
export const maxParsedBytes = Math.floor(getHeapStatistics().heap_size_limit / 8)

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)

/** @throws ApiError `content-too-large` if the body would take too much memory once it is parsed */
function requireMemoryFor({ bytes }: RequestBody): void {
  const size = parsedSizeOf(bytes)
  if (size <= maxParsedBytes) return
  throw new ApiError(
    'content-too-large',
    `The body would take some ${mebibytes(size)} MiB of memory once it is parsed, and may take ${mebibytes(maxParsedBytes)}; send less, or give Node.js more memory (--max-old-space-size).`,
  )
}
