import type { onRequestHookHandler } from 'fastify'
import type { Account } from './accounts.ts'
import { insufficientScopeChallenge } from './bearer.ts'
import type { WebhookScope } from './scopes.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { entityKey } from '../managing-entity.ts'

/**
 * Options of a route that requires a scope: the check, and the scope for the OpenAPI document and for scripted faults.
 *
 * @example app.get(url, { ...needsScope('account.read'), schema }, handler)
 */
export const needsScope = (scope: WebhookScope) => ({
  config: { scope },
  onRequest: requireScope(scope),
})

/** A hook that refuses tokens without the scope with 403 (CONTRACT §1 step 4). */
function requireScope(scope: WebhookScope): onRequestHookHandler {
  return ({ context }, _reply, next) => {
    if (context.account.scopes.has(scope)) {
      next()
      return
    }
    throw new ApiError('forbidden', `The token lacks the scope ${scope}; use one that has it.`, {
      rule: 'scope',
      headers: { 'www-authenticate': insufficientScopeChallenge(scope) },
    })
  }
}

/**
 * Requires an account that manages the entity (CONTRACT §1 step 8).
 *
 * @throws ApiError `forbidden`
 */
export function requireMayManage({ managingEntities }: Account, identifier: string): void {
  if (managingEntities?.has(entityKey(identifier)) ?? true) return
  throw new ApiError(
    'forbidden',
    'The token may not manage this managing entity; use a token of one of its managers.',
    { rule: 'managing-entity-managed' },
  )
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Scope that a token needs for this route. */
    scope?: WebhookScope
  }
}
