import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { bearerTokenOf, invalidTokenChallenge } from '../wink/auth/bearer.ts'
import { requireControlHost, requireOwnOrigin } from './browser-guard.ts'
import type { OwnAddress } from '../base/own-address.ts'
import { ApiError } from '../base/problems/problems.ts'

/** Options of {@link addControlAccess}. */
export interface ControlAccessOptions {
  /** Bearer token that callers must send. Default: none. */
  readonly adminToken?: string | undefined
  readonly ownAddress: OwnAddress
  /** The server that requests come from. */
  readonly server: Server
}

/** Lets the holder of the admin token drive the sandbox, and no page in a browser. */
export function addControlAccess(
  app: FastifyInstance,
  { adminToken, ownAddress, server }: ControlAccessOptions,
): void {
  app.addHook('onRequest', ({ headers }, _reply, next) => {
    const listeningAddress = listeningAddressOf(server)
    // A page has no admin token; whoever has it may call the sandbox by any name.
    if (adminToken === undefined && listeningAddress !== undefined) {
      requireControlHost(headers.host, listeningAddress, ownAddress)
    }
    requireOwnOrigin(headers, ownAddress)
    requireNoDelivery(headers)
    if (adminToken !== undefined) requireAdminToken(adminToken, headers.authorization)
    next()
  })
}

/**
 * Refuses events that a sandbox delivers: they could trigger others without end.
 *
 * @throws ApiError `forbidden`
 */
function requireNoDelivery({ 'x-wink-mock-delivery-id': id }: IncomingHttpHeaders): void {
  if (id === undefined) return
  throw new ApiError(
    'forbidden',
    'This is an event that a sandbox delivers (X-Wink-Mock-Delivery-Id), and no event may drive a sandbox: name another receiver.',
  )
}

/** The IP address that the server listens on; no page reaches injected requests and Unix sockets. */
function listeningAddressOf(server: Server): string | undefined {
  return (server.address() as Partial<AddressInfo> | null)?.address
}

function requireAdminToken(expected: string, authorization: string | undefined): void {
  const token = bearerTokenOf(authorization)
  if (token !== undefined && timingSafeEqual(digest(token), digest(expected))) return
  if (token === undefined) {
    throw new ApiError(
      'unauthorized',
      'Send the admin token (--admin-token) as "Authorization: Bearer <token>"; connectSandbox takes it as adminToken.',
    )
  }
  throw new ApiError('unauthorized', 'The token is not the admin token (--admin-token).', {
    headers: { 'www-authenticate': invalidTokenChallenge('It is not the admin token.') },
  })
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
