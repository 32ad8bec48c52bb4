import { METHODS } from 'node:http'
import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { ApiError } from '../domain/problems.ts'

/**
 * Other verbs on a known path are 405 with `Allow` (CONTRACT §1 step 3; RFC 9110 §15.5.6).
 *
 * The framework knows no 405: each path says with `allowOnly` what it takes, and every other method that
 * Node.js can parse gets a route that refuses before the body is read.
 */
const methodNotAllowedPlugin: FastifyPluginCallback = (app, _options, done) => {
  const allowed = new Map<string, readonly string[]>()
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method)
  }

  app.decorate('allowOnly', function (url, methods) {
    allowed.set(`${this.prefix}${url}`, methods)
    const refuse = ({ method }: FastifyRequest): never => {
      throw methodNotAllowedError(method, methods)
    }
    this.route({
      method: METHODS.filter((method) => !methods.includes(method)),
      url,
      schema: { hide: true },
      onRequest: refuse,
      handler: refuse,
    })
  })
  app.decorate('allowedMethods', (url) => allowed.get(url ?? '') ?? [])
  done()
}

function methodNotAllowedError(method: string, methods: readonly string[]): ApiError {
  const allow = methods.join(', ')
  return new ApiError('method-not-allowed', `${method} is not supported here; use ${allow}.`, {
    rule: 'method',
    headers: { allow },
  })
}

export const methodNotAllowed = fp(methodNotAllowedPlugin, {
  name: 'method-not-allowed',
  fastify: '5.x',
})

declare module 'fastify' {
  interface FastifyInstance {
    /** Makes all methods but `methods` on `url`, relative to the prefix of the scope, answer 405. */
    allowOnly(url: string, methods: readonly string[]): void
    /** The methods of the route at `url`, with its prefix; none where there is no such route. */
    allowedMethods(url: string | undefined): readonly string[]
  }
  interface FastifySchema {
    hide?: boolean
  }
}
