import type { FastifyPluginCallback, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'

/** Keeps what is to be documented of the routes that are registered after it. */
const routeListPlugin: FastifyPluginCallback = (app, _options, done) => {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') routes.push({ ...route })
    // Paths and header fields have rules of their own (CONTRACT §1); their schemas are for readers.
    const checked = { ...route.schema }
    delete checked.params
    delete checked.headers
    route.schema = checked
  })
  app.decorate('routeList', routes)
  done()
}

export const routeList = fp(routeListPlugin, { name: 'route-list' })

declare module 'fastify' {
  interface FastifyInstance {
    /** The routes, without those that the framework adds for HEAD. */
    readonly routeList: readonly RouteOptions[]
  }
}
