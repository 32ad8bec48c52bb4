import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { BaseUrlSource } from '../domain/base-url.ts'
import type { Description } from '../openapi/description.ts'

/** What a document is about. */
export interface OpenApiOptions {
  readonly description: Description
  /** Whether it shows the route of a path. */
  readonly covers: (path: string) => boolean
  readonly version: string
  readonly baseUrlOf: BaseUrlSource
}

/** `GET …/openapi.json`: the OpenAPI document of routes, made when it is first asked for. */
export const openApi: FastifyPluginCallbackTypebox<OpenApiOptions> = (
  app,
  { description, covers, version, baseUrlOf },
  done,
) => {
  let document: Promise<OpenAPIV3_1.Document> | undefined
  const make = async (): Promise<OpenAPIV3_1.Document> => {
    const { documentOf } = await import('../openapi/routes-document.ts')
    const routes = app.routeList.filter(({ url, schema }) => !schema?.hide && covers(url))
    return documentOf(routes, description, version)
  }

  app.get('/openapi.json', { schema: { hide: true } }, async (request, reply) => {
    document ??= make()
    const { components, ...others } = await document
    const baseUrl = baseUrlOf(request)
    const securitySchemes = description.securitySchemes(baseUrl)
    reply.sendJson({
      ...others,
      servers: [{ url: baseUrl }],
      components: { ...components, securitySchemes },
    })
    return reply
  })
  done()
}
