import type { FastifyPluginCallback } from 'fastify'
import { ApiError } from '../domain/problems.ts'

const whereWebhooksAre =
  'There is no such path; webhooks are at /api/managing-entity/{managingEntityIdentifier}/webhook.'

/**
 * Unknown paths are 404 (CONTRACT §1 step 3). To be registered as a scope of its own, so that its hook
 * runs for unknown paths alone: it answers before the framework looks at the body, which it would
 * otherwise parse first.
 */
export const notFound: FastifyPluginCallback<{ readonly detail?: string }> = (
  scope,
  { detail = whereWebhooksAre },
  done,
) => {
  const refuse = (): never => {
    throw new ApiError('not-found', detail, { rule: 'path' })
  }
  scope.addHook('onRequest', refuse)
  scope.setNotFoundHandler(refuse)
  done()
}
