import type { FastifyPluginCallback, RouteOptions } from 'fastify'
import fp from 'fastify-plugin'

/** Knows the routes that are registered after it, so that they can be documented. */
const routeListPlugin: FastifyPluginCallback = (app, _options, done) => {
  const routes: RouteOptions[] = []
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') routes.push(route)
  })
  app.decorate('routeList', routes)
  done()
}

export const routeList = fp(routeListPlugin, { name: 'route-list', fastify: '5.x' })

declare module 'fastify' {
  interface FastifyInstance {
    /** The routes, without those that the framework adds for HEAD. */
    readonly routeList: readonly RouteOptions[]
  }
}
