import type { FastifyPluginCallback, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'

/** Keeps what is to be documented of the routes that are registered after it. */
const routeListPlugin: FastifyPluginCallback = (app, _options, done) => {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    routes.push({ ...route })
    // Paths and header fields have rules of their own (CONTRACT §1), and answers are written as they are; their
    // schemas are for readers.
    const checked = { ...route.schema }
    delete checked.params
    delete checked.headers
    delete checked.response
    route.schema = checked
  })
  app.decorate('routeList', routes)
  done()
}

export const routeList = fp(routeListPlugin, { name: 'route-list' })

declare module 'fastify' {
  interface FastifyInstance {
    /** The routes as they were declared. */
    readonly routeList: readonly RouteOptions[]
  }
}
