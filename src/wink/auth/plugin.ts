import type { FastifyPluginCallback, onRequestHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import {
  authorizationFields,
  invalidToken,
  requireScope,
  requireToken,
  type Account,
} from './bearer.ts'
import { withHook } from '../../http/route-hooks.ts'
import { tokenFlaws } from './token-errors.ts'
import type { Scope } from '../data-schema.ts'
import type { AccountStore } from './accounts.ts'

/** Who is calling (CONTRACT §1 step 2), and whether the token has the scope of the route (step 4). */
const bearerAuthPlugin: FastifyPluginCallback<{ accounts: AccountStore }> = (
  app,
  { accounts },
  done,
) => {
  app.addHook('onRequest', ({ context, raw }, _reply, next) => {
    const token = requireToken(authorizationFields(raw.rawHeaders))
    const caller = accounts.find(token)
    if (typeof caller === 'string') throw invalidToken(tokenFlaws[caller])
    context.account = caller
    next()
  })
  app.addHook('onRoute', (route) => {
    // What does not name its scope is for nobody.
    const { scope } = route.config as { scope: Scope }
    const check: onRequestHookHandler = ({ context }, _reply, next) => {
      requireScope(context.account, scope)
      next()
    }
    route.onRequest = withHook(route.onRequest, check)
  })
  done()
}

export const bearerAuth = fp(bearerAuthPlugin, {
  name: 'bearer-auth',
})

declare module '../../http/request-context.ts' {
  interface RequestContext {
    /** Who is calling. Set on every request that passed authentication. */
    account: Account
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The scope that a token needs for this route. */
    scope?: Scope
  }
}
