import type { OutgoingHttpHeaders } from 'node:http'
import { inspect } from 'node:util'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { originFormat } from '../base/schema/formats.ts'
import { isImitated, isWellKnown } from '../base/target.ts'

/** How long a browser may keep the answer to a preflight, in seconds. */
const maxAgeSeconds = 600
/** The fields of answers that a page may read, besides those that it always may. */
const exposed = 'Allow, Location, Retry-After, WWW-Authenticate, X-Wink-Mock-Request-Id'

/**
 * Checks the option `corsOrigins`.
 *
 * @throws RangeError that names the option
 */
export function requireOrigins(option: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(option)) {
    const isList = Array.isArray(value)
    const wrong: unknown = isList
      ? value.find((item) => typeof item !== 'string' || !originFormat.test(item))
      : value
    if (isList && wrong === undefined) continue
    throw new RangeError(
      `${name} must be a list, and each item ${originFormat.expected}, not ${inspect(wrong)}`,
    )
  }
}

/**
 * Lets pages of these origins call Wink's API from a browser (Fetch Standard, CORS protocol), and no other part of the
 * sandbox. A preflight is answered here: it is a question of the browser, and neither a fault nor the journal sees it.
 *
 * @param origins - `*` stands for every origin
 */
export function addCors(app: FastifyInstance, origins: ReadonlySet<string>): void {
  const isOpen = origins.has('*')
  app.addHook('onRequest', (request, reply, next) => {
    const { origin } = request.headers
    if (!isImitated(request.url) && !isWellKnown(request.url)) {
      next()
      return
    }
    if (!isOpen) reply.header('vary', 'Origin')
    if (origin === undefined || !(isOpen || origins.has(origin))) {
      next()
      return
    }
    reply.header('access-control-allow-origin', isOpen ? '*' : origin)
    if (isPreflight(request)) answerPreflight(request, reply)
    else {
      reply.header('access-control-expose-headers', exposed)
      next()
    }
  })
}

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

/** Allows whatever is asked for: the answer to the request itself says what is wrong with it. */
function answerPreflight({ headers }: FastifyRequest, reply: FastifyReply): void {
  const fields = headers['access-control-request-headers']
  reply.hijack()
  reply.raw
    .writeHead(204, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'access-control-allow-methods': headers['access-control-request-method'],
      'access-control-max-age': String(maxAgeSeconds),
      ...(fields !== undefined && { 'access-control-allow-headers': fields }),
    })
    .end()
}
