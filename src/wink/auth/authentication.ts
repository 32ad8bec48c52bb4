import type { FastifyInstance } from 'fastify'
import { isApi } from '../../base/target.ts'
import { authorizationFields, invalidToken, requireToken } from './bearer.ts'
import { tokenErrors, type Account, type AccountStore } from './accounts.ts'

/** Authenticates each request of a route or below `/api` by its bearer token, or refuses it with 401 (CONTRACT §1 step 2). */
export function addBearerAuth(
  app: FastifyInstance,
  { accounts }: { accounts: AccountStore },
): void {
  app.addHook('onRequest', ({ context, raw, url, is404 }, _reply, next) => {
    if (is404 && !isApi(url)) {
      next()
      return
    }
    const token = requireToken(authorizationFields(raw.rawHeaders))
    const result = accounts.find(token)
    if (typeof result === 'string') throw invalidToken(tokenErrors[result])
    context.account = result
    next()
  })
}

declare module '../../http/request-context.ts' {
  interface RequestContext {
    /** The account of the request's token, once the request is authenticated. */
    account: Account
  }
}
