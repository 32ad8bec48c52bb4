import { errorCodes, type FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

/** Makes of a body what handlers get; what it throws refuses the request. */
export type BodyParser = (bytes: Buffer) => unknown

/** Tells the framework what became of a body. */
type BodyDone = (error: Error | null, body?: unknown) => void

/**
 * Reads bodies in place of the framework's own reader, which cannot be shared: what the handlers get and
 * what the journal keeps would each be read by itself.
 */
const bodyReaderPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.decorate('readBody', (request, parse, next) => {
    const { raw, headers, waitingBody, routeOptions } = request
    const contentLength = Number(headers['content-length'])
    if (contentLength > routeOptions.bodyLimit) {
      next(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
      return
    }
    const captured = app.beginCapture(request)
    const chunks: Buffer[] = []
    let length = 0
    let isSettled = false
    const settle: BodyDone = (error, body) => {
      if (isSettled) return
      isSettled = true
      next(error, body)
    }
    ;(waitingBody ?? raw)
      .on('data', (chunk: Buffer) => {
        captured?.add(chunk)
        length += chunk.length
        if (length > routeOptions.bodyLimit) settle(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE())
        else chunks.push(chunk)
      })
      .on('error', settle)
      .on('end', () => {
        if (!Number.isNaN(contentLength) && contentLength !== length) {
          settle(new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH())
          return
        }
        const [first, ...others] = chunks
        const bytes = others.length === 0 && first ? first : Buffer.concat(chunks, length)
        settle(...parsed(parse, bytes))
      })
  })
  done()
}

function parsed(parse: BodyParser, bytes: Buffer): Parameters<BodyDone> {
  try {
    return [null, parse(bytes)]
  } catch (error) {
    return [error as Error]
  }
}

export const bodyReader = fp(bodyReaderPlugin, {
  name: 'body-reader',
  dependencies: ['holding', 'journal'],
})

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Reads the body of a request, for the parser of a media type.
     *
     * @param parse - its argument is a view of bytes that change once it has returned
     */
    readBody(request: FastifyRequest, parse: BodyParser, next: BodyDone): void
  }
}
