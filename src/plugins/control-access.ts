import { createHash, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { bearerTokenOf, invalidTokenChallenge } from '../domain/bearer.ts'
import { hasBody } from '../domain/body-framing.ts'
import { requireControlHost, requireOwnOrigin } from '../domain/browser-guard.ts'
import { requireJsonBody } from '../domain/json-body.ts'
import { requireJson } from '../domain/media-type.ts'
import type { OwnAddress } from '../domain/own-address.ts'
import { ApiError } from '../domain/problems.ts'
import { requireShape } from '../domain/shape.ts'
import { NoParameters } from '../schemas/control.ts'

/** What protects the control API. */
export interface ControlAccessOptions {
  /** The token that its callers must send; none is asked for where it is left out. */
  readonly adminToken?: string | undefined
  readonly ownAddress: OwnAddress
}

/**
 * Who may drive the sandbox, and with what: the holder of the admin token, no page in a browser, and
 * nothing that would be ignored.
 */
const controlAccessPlugin: FastifyPluginCallback<ControlAccessOptions> = (
  app,
  { adminToken, ownAddress },
  done,
) => {
  app.addHook('onRequest', (request, _reply, next) => {
    const { headers } = request
    const listeningAddress = listeningAddressOf(request)
    // A page has no admin token; whoever has it may call the sandbox by any name.
    if (adminToken === undefined && listeningAddress !== undefined) {
      requireControlHost(headers.host, listeningAddress, ownAddress)
    }
    requireOwnOrigin(headers, ownAddress)
    if (adminToken !== undefined) requireAdminToken(adminToken, headers.authorization)
    next()
  })
  app.addHook('preValidation', (request, _reply, next) => {
    const { headers, routeOptions } = request
    if (!hasBody(headers)) {
      next()
      return
    }
    if (routeOptions.schema?.body === undefined) {
      throw new ApiError('bad-request', 'This operation takes no body; leave it out.')
    }
    requireJson(headers['content-type'])
    app.readBody(request, (body) => (body.length === 0 ? undefined : requireJsonBody(body)), next)
  })
  // Bodies and queries are checked by what they are given to, which the library calls too.
  app.setValidatorCompiler(() => () => true)
  app.addHook('preValidation', (request, _reply, next) => {
    const { routeOptions, query, method } = request
    // What a PUT puts must be there; elsewhere no body is one in which everything is left out. `null` is a body.
    if (request.body === undefined && method !== 'PUT') request.body = {}
    if (routeOptions.schema?.querystring === undefined)
      requireShape(NoParameters, query, 'The query')
    next()
  })
  done()
}

/** The IP address that the server listens on; no page reaches injected requests and Unix sockets. */
function listeningAddressOf({ server }: FastifyRequest): string | undefined {
  return (server.server.address() as Partial<AddressInfo> | null)?.address
}

function requireAdminToken(expected: string, authorization: string | undefined): void {
  const token = bearerTokenOf(authorization)
  if (token !== undefined && timingSafeEqual(digest(token), digest(expected))) return
  throw new ApiError('unauthorized', 'Send the admin token: "Authorization: Bearer <token>".', {
    ...(token !== undefined && {
      headers: { 'www-authenticate': invalidTokenChallenge('It is not the admin token.') },
    }),
  })
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export const controlAccess = fp(controlAccessPlugin, {
  name: 'control-access',
  dependencies: ['body-reader', 'problem-details'],
})
