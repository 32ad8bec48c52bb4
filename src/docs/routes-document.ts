import swagger from '@fastify/swagger'
import type { TSchema } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import { fastify, type FastifySchema, type RouteOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import { isImitated } from '../base/target.ts'
import { compilersFactory } from '../http/body-validator.ts'
import { exchangeHeaders } from '../wink/webhooks/responses.ts'
import type { Description } from './description.ts'
import type { Response } from '../base/openapi/responses.ts'
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
      const shown = isImitated(url) ? withExchangeHeaders(schema) : schema
      return { schema: { security: asked, ...shown }, url }
    },
  })
  app.after(() => {
    for (const route of routes) app.route({ ...route, handler: unasked })
  })
  await app.ready()
  const document = app.swagger() as OpenAPIV3_1.Document
  await app.close()
  const optional = routes.filter(mayLackBody).map(({ schema }) => schema?.operationId)
  makeBodiesOptional(document, new Set(optional))
  return withNamedSchemas(document)
}

/** A schema whose answers say the header fields that every answer of the imitated API has. */
function withExchangeHeaders(schema: FastifySchema): FastifySchema {
  const responses = Object.entries(schema.response as Record<string, Response>)
  const shown = responses.map(([status, { headers, ...others }]) => [
    status,
    { ...others, headers: { ...headers, ...exchangeHeaders } },
  ])
  return { ...schema, response: Object.fromEntries(shown) as unknown }
}

/** Whether a request may come without its body: nothing in it is required. What a PUT puts must be there. */
const mayLackBody = ({ method, schema }: DocumentedRoute): boolean =>
  method !== 'PUT' && schema?.body !== undefined && Check(schema.body as TSchema, {})

/** The generator calls every body required. */
function makeBodiesOptional(
  { paths }: OpenAPIV3_1.Document,
  operationIds: ReadonlySet<string | undefined>,
): void {
  for (const item of Object.values({ ...paths })) {
    for (const operation of Object.values(item as Record<string, OpenAPIV3_1.OperationObject>)) {
      if (!operationIds.has(operation.operationId)) continue
      Object.assign(operation.requestBody as OpenAPIV3_1.RequestBodyObject, { required: false })
    }
  }
}
