import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { RouteOptions } from 'fastify'
import type { OpenAPIV3, OpenAPIV3_1 } from 'openapi-types'
import type { OwnAddress } from '../base/own-address.ts'
import { requireShape } from '../base/problems/validate.ts'
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

/** The versions of OpenAPI that a document is given in; the first is the default. */
const DocumentQuery = Type.Object(
  { openapi: Type.Optional(Type.Union([Type.Literal('3.1'), Type.Literal('3.0')])) },
  { additionalProperties: false },
)

type Document = OpenAPIV3.Document | OpenAPIV3_1.Document

/**
 * `GET …/openapi.json`: the OpenAPI document of routes, built at the first request. The bytes for the latest base URL and
 * version are cached.
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
  const inVersion = {
    '3.1': (latest: OpenAPIV3_1.Document): Document => latest,
    '3.0': async (latest: OpenAPIV3_1.Document): Promise<Document> => {
      const { toOpenApi30 } = await import('./openapi-3.0.ts')
      return toOpenApi30(latest)
    },
  }

  const bytesFor = async (baseUrl: string, openapi: keyof typeof inVersion): Promise<Buffer> => {
    document ??= make()
    const { components, ...others } = await inVersion[openapi](await document)
    const securitySchemes = description.securitySchemes(baseUrl)
    const servers = [{ url: baseUrl }]
    return Buffer.from(
      JSON.stringify({ ...others, servers, components: { ...components, securitySchemes } }),
    )
  }
  let latest: { readonly key: string; readonly bytes: Promise<Buffer> } | undefined

  const schema = { hide: true, querystring: DocumentQuery }
  app.get('/openapi.json', { schema }, async (request, reply) => {
    const { openapi = '3.1' } = requireShape(DocumentQuery, request.query, 'The query')
    const baseUrl = ownAddress.baseUrlOf(request)
    const key = `${openapi} ${baseUrl}`
    if (latest?.key !== key) latest = { key, bytes: bytesFor(baseUrl, openapi) }
    return reply.type('application/json').send(await latest.bytes)
  })
  done()
}
