import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify'
import { causesOf } from '../base/problems/causes.ts'
import { pathCauses } from './path-causes.ts'
import { ApiError } from '../base/problems/problems.ts'
import { isOAuth, pathOf } from '../base/target.ts'

/** Tells a client of Wink's API the path that it probably looks for. */
const whereItIs = (target: string): string => (isOAuth(target) ? whereTokensAre : whereWebhooksAre)

const whereTokensAre = 'There is no such path; access tokens are at /oauth2/token.'
const whereWebhooksAre =
  'There is no such path; webhooks are at /api/managing-entity/{managingEntityIdentifier}/webhook, and /reference and /openapi.json show all there is.'

/**
 * Unknown paths are 404, other verbs on a known path are 405 with `Allow` (CONTRACT §1 step 3). To be
 * registered as a scope of its own, so that its hook runs for these alone: it answers before the framework
 * looks at the body, which it would otherwise parse first.
 */
export const notFound: FastifyPluginCallback<{ readonly detail?: string }> = (
  scope,
  { detail },
  done,
) => {
  const refuse = ({ method, url }: FastifyRequest): never => {
    const methods = scope.allowedMethods(url)
    if (methods.length > 0) throw methodNotAllowedError(method, methods)
    throw unknownPathError(url, detail)
  }
  scope.addHook('onRequest', refuse)
  scope.setNotFoundHandler(refuse)
  done()
}

/**
 * Refuses what the router takes for the value of a path parameter: a path that has only other methods (405), and one that
 * ends in a slash (404).
 */
export function addPathChecks(app: FastifyInstance, detail: string): void {
  app.addHook('onRequest', ({ method, url, is404 }, _reply, next) => {
    if (is404) {
      next() // The scope of unknown paths refuses it.
      return
    }
    const methods = app.allowedMethods(url)
    if (pathOf(url).endsWith('/')) next(unknownPathError(url, detail))
    else if (methods.includes(method)) next()
    else next(methodNotAllowedError(method, methods))
  })
}

/** The refusal of a path that does not exist. */
export function unknownPathError(url: string, detail = whereItIs(url)): ApiError {
  const sentences = [detail, ...causesOf(pathCauses, pathOf(url))]
  return new ApiError('not-found', sentences.join(' '), { rule: 'path' })
}

function methodNotAllowedError(method: string, methods: readonly string[]): ApiError {
  const allow = methods.join(', ')
  return new ApiError('method-not-allowed', `${method} is not supported here; use ${allow}.`, {
    rule: 'method',
    headers: { allow },
  })
}
