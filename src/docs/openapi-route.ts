import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { RouteOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { OwnAddress } from '../base/own-address.ts'
import type { Description } from './description.ts'

/** The content of a document. */
export interface DocumentOptions {
  readonly description: Description
  /** All routes of the sandbox. */
  readonly routes: readonly RouteOptions[]
  /** Selects the paths of the document. */
  readonly covers: (path: string) => boolean
  readonly version: string
}

/** A document and the addresses of its sandbox. */
export interface OpenApiOptions {
  readonly document: DocumentOptions
  readonly ownAddress: OwnAddress
}

/**
 * `GET …/openapi.json`: the OpenAPI document of routes, built at the first request. The bytes for the latest base URL are
 * cached.
 */
export const openApi: FastifyPluginCallbackTypebox<OpenApiOptions> = (
  app,
  { document: { description, routes, covers, version }, ownAddress },
  done,
) => {
  let document: Promise<OpenAPIV3_1.Document> | undefined
  const make = async (): Promise<OpenAPIV3_1.Document> => {
    const { documentOf } = await import('./openapi-document.ts')
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
