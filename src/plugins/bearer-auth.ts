import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { invalidToken, requireScope, requireToken, type Account } from '../domain/bearer.ts'
import type { Scope } from '../schemas/data.ts'
import type { AccountStore } from '../stores/accounts.ts'

/** Who is calling (CONTRACT §1 step 2), and whether the token has the scope of the route (step 4). */
const bearerAuthPlugin: FastifyPluginCallback<{ accounts: AccountStore }> = (
  app,
  { accounts },
  done,
) => {
  app.decorateRequest('account')
  app.addHook('onRequest', (request, _reply, next) => {
    const account = accounts.find(requireToken(authorizationFields(request)))
    if (account === 'unknown') throw invalidToken('The token is unknown.')
    if (account === 'expired') throw invalidToken('The token has expired.')
    request.account = account

    const { scope } = request.routeOptions.config
    if (scope) requireScope(account, scope)
    next()
  })
  done()
}

/** All `Authorization` fields: Node.js keeps only the first of them in `headers`. */
function authorizationFields({ raw: { rawHeaders } }: FastifyRequest): string[] {
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  )
}

export const bearerAuth = fp(bearerAuthPlugin, {
  name: 'bearer-auth',
  fastify: '5.x',
  dependencies: ['problem-details'],
})

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling. Set on every request that passed authentication. */
    account: Account
  }
  interface FastifyContextConfig {
    /** The scope that a token needs for this route. */
    scope?: Scope
  }
}
