import { maxHeaderSize } from 'node:http'
import type { FastifyInstance } from 'fastify'
import findMyWay from 'find-my-way'

/**
 * Knows the methods of each path, for 405 and its `Allow` (CONTRACT §1 step 3; RFC 9110 §15.5.6).
 *
 * The framework knows no 405: a path that has another method is as unknown to it as any. A route for each
 * of the other methods would do, and make the start of a sandbox twice as long.
 */
export function addAllowedMethods(app: FastifyInstance): void {
  const methodsOf = new Map<string, string[]>()
  app.addHook('onRoute', ({ url, method }) => {
    methodsOf.set(url, [...(methodsOf.get(url) ?? []), ...[method].flat()])
  })
  // Made when it is first needed: most sandboxes are never asked for what they do not have.
  let paths: ReturnType<typeof findMyWay> | undefined
  const pathsOf = (): ReturnType<typeof findMyWay> => {
    const router = findMyWay({ maxParamLength: maxHeaderSize })
    for (const [url, methods] of methodsOf) router.on('GET', url, () => undefined, methods)
    return router
  }
  app.decorate('allowedMethods', (target) => {
    paths ??= pathsOf()
    const route = paths.find('GET', target)
    return (route?.store ?? []) as readonly string[]
  })
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods that a request target has; none where the path is unknown. */
    allowedMethods(target: string): readonly string[]
  }
}
