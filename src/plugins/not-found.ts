import type { FastifyPluginCallback } from 'fastify'
import { ApiError } from '../domain/problems.ts'

/**
 * Unknown paths are 404 (CONTRACT §1 step 3).
 *
 * The hook answers before the framework looks at the body, which it would otherwise parse first. To be
 * registered as a scope of its own, so that the hook runs for unknown paths alone.
 */
export const notFound: FastifyPluginCallback = (scope, _options, done) => {
  scope.addHook('onRequest', refuseUnknownPath)
  scope.setNotFoundHandler(refuseUnknownPath)
  done()
}

function refuseUnknownPath(): never {
  throw new ApiError(
    'not-found',
    'There is no such path; webhooks are at /api/managing-entity/{managingEntityIdentifier}/webhook.',
  )
}
