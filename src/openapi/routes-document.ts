import swagger from '@fastify/swagger'
import { fastify, type RouteOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import { compilersFactory } from '../plugins/compilers.ts'
import type { Description } from './description.ts'
import { withNamedSchemas } from './schema-names.ts'

/* c8 ignore next 2 - a document has no visitors */
const unasked = (): void => undefined

/** A route as far as a document shows it. */
export type DocumentedRoute = Pick<RouteOptions, 'method' | 'url' | 'schema' | 'config'>

/**
 * The OpenAPI document of routes, from the schemas that they were declared with.
 *
 * It is made in a server of its own, so that a sandbox of which nobody asks for it neither waits for the
 * generator nor keeps it.
 */
export async function documentOf(
  routes: readonly DocumentedRoute[],
  { title, text, tags, securitySchemes, security }: Description,
  version: string,
): Promise<OpenAPIV3_1.Document> {
  const app = fastify({ exposeHeadRoutes: false, schemaController: { compilersFactory } })
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title,
        description: text,
        version,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [...tags],
      components: { securitySchemes: securitySchemes('') },
    },
    convertConstToEnum: false,
    transform: ({ schema, url, route: { config } }) => {
      const scope = config?.scope
      const asked = scope ? [{ oauth2: [scope] }, { bearer: [] }] : security
      return { schema: { security: asked, ...schema }, url }
    },
  })
  app.after(() => {
    for (const route of routes) app.route({ ...route, handler: unasked })
  })
  await app.ready()
  const document = app.swagger() as OpenAPIV3_1.Document
  await app.close()
  return withNamedSchemas(document)
}
