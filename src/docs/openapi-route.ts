import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { RouteOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { OwnAddress } from '../base/own-address.ts'
import type { Description } from './description.ts'

/** What a document is about. */
export interface DocumentOptions {
  readonly description: Description
  /** The routes that there are. */
  readonly routes: readonly RouteOptions[]
  /** Whether it shows the route of a path. */
  readonly covers: (path: string) => boolean
  readonly version: string
}

/** Which document is served, and at whose addresses. */
export interface OpenApiOptions {
  readonly document: DocumentOptions
  readonly ownAddress: OwnAddress
}

/**
 * `GET …/openapi.json`: the OpenAPI document of routes, made when it is first asked for. All clients of one base
 * URL are sent the same bytes.
 */
export const openApi: FastifyPluginCallbackTypebox<OpenApiOptions> = (
  app,
  { document: { description, routes, covers, version }, ownAddress },
  done,
) => {
  let document: Promise<OpenAPIV3_1.Document> | undefined
  const make = async (): Promise<OpenAPIV3_1.Document> => {
    const { documentOf } = await import('./routes-document.ts')
    const shown = routes.filter(({ url, schema }) => !schema?.hide && covers(url))
    return documentOf(shown, description, version)
  }

  const bytesFor = async (baseUrl: string): Promise<Buffer> => {
    document ??= make()
    const { components, ...others } = await document
    const securitySchemes = description.securitySchemes(baseUrl)
    const servers = [{ url: baseUrl }]
    return Buffer.from(
      JSON.stringify({ ...others, servers, components: { ...components, securitySchemes } }),
    )
  }
  let latest: { readonly baseUrl: string; readonly bytes: Promise<Buffer> } | undefined

  app.get('/openapi.json', { schema: { hide: true } }, async (request, reply) => {
    const baseUrl = ownAddress.baseUrlOf(request)
    if (latest?.baseUrl !== baseUrl) latest = { baseUrl, bytes: bytesFor(baseUrl) }
    return reply.type('application/json').send(await latest.bytes)
  })
  done()
}
