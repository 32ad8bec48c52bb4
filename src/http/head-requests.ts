import type { FastifyPluginCallback } from 'fastify'
import fp from 'fastify-plugin'

/**
 * HEAD works where GET does (CONTRACT §1): a route of GET takes both. The framework would add another route for
 * it, and a start takes as long as there are routes.
 */
const headRequestsPlugin: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRoute', (route) => {
    if (route.method === 'GET') route.method = ['GET', 'HEAD']
  })
  done()
}

export const headRequests = fp(headRequestsPlugin, { name: 'head-requests' })
