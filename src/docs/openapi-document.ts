import swagger from '@fastify/swagger'
import type { TSchema } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import { fastify, type FastifySchema, type RouteOptions } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import { isImitated } from '../base/target.ts'
import { compilersFactory } from '../http/body-validator.ts'
import { addExamples } from './document-examples.ts'
import { mapNodes, type Node } from './document-nodes.ts'
import { exchangeHeaders } from '../wink/webhooks/responses.ts'
import type { Description } from './description.ts'
import type { Response } from '../base/openapi/responses.ts'

/* c8 ignore next 2 - no request reaches a route of the document */
const noHandler = (): void => undefined

/** The parts of a route that the document shows. */
export type DocumentedRoute = Pick<RouteOptions, 'method' | 'url' | 'schema' | 'config'>

/**
 * Builds the OpenAPI document of routes from their schemas. This takes a Fastify application of its own, so that only
 * a sandbox that is asked for the document loads the generator.
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
      // Tools that take the first requirement work with any token then.
      const asked = scope ? [{ bearer: [] }, { oauth2ClientCredentials: [scope] }] : security
      const shown = isImitated(url) ? withExchangeHeaders(schema) : schema
      return { schema: { security: asked, ...shown }, url }
    },
  })
  app.after(() => {
    for (const route of routes) app.route({ ...route, handler: noHandler })
  })
  await app.ready()
  const document = app.swagger() as OpenAPIV3_1.Document
  await app.close()
  const optional = routes.filter(mayLackBody).map(({ schema }) => schema?.operationId)
  makeBodiesOptional(document, new Set(optional))
  addExamples(document)
  return withNamedSchemas(document)
}

/** Adds to each response the header fields that all answers of Wink's API have. */
function withExchangeHeaders(schema: FastifySchema): FastifySchema {
  const responses = Object.entries(schema.response as Record<string, Response>)
  const shown = responses.map(([status, { headers, ...others }]) => [
    status,
    { ...others, headers: { ...headers, ...exchangeHeaders } },
  ])
  return { ...schema, response: Object.fromEntries(shown) as unknown }
}

/** PUT requires a body; other methods treat a missing body as `{}`, which some schemas accept. */
const mayLackBody = ({ method, schema }: DocumentedRoute): boolean =>
  method !== 'PUT' && schema?.body !== undefined && Check(schema.body as TSchema, {})

/** Corrects the generator, which marks every body as required. */
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

/**
 * Adapts a document to tools: a schema with a title becomes a component of that name. Not all tools know `const` and
 * `examples` of schemas, so literals become enumerations, and the first of the examples becomes `example`.
 */
function withNamedSchemas<Document extends object>(document: Document): Document {
  const schemas: Record<string, unknown> = {}

  const named = (node: Node): Node => {
    const { title } = node
    if (typeof title !== 'string' || node['type'] === undefined) return node
    schemas[title] = node
    return { $ref: `#/components/schemas/${title}` }
  }

  const { components, ...others } = mapNodes(document, (node) =>
    named(enumeration(singleExample(node))),
  ) as { components?: Node }
  const sorted = Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    ...others,
    components: { ...components, schemas: Object.fromEntries(sorted) },
  } as Document
}

/** The examples of a schema are a list; those of a parameter have names and stay. */
function singleExample(node: Node): Node {
  const { examples, ...others } = node
  return Array.isArray(examples) ? { ...others, example: examples[0] as unknown } : node
}

/** Turns a literal, or `anyOf` of literals of one type, into `enum`; returns other schemas unchanged. */
function enumeration(node: Node): Node {
  const { const: literal, ...schema } = node
  if (literal !== undefined) return { ...schema, enum: [literal] }
  const { anyOf = [], ...others } = node as { anyOf?: Node[] }
  const types = new Set(anyOf.map((one) => (isLiteral(one) ? one['type'] : undefined)))
  const [type] = types
  if (types.size !== 1 || type === undefined) return node
  return { type, enum: anyOf.flatMap((one) => one['enum']), ...others }
}

/** True for a schema that was a literal: {@link enumeration} goes from the inside out. */
const isLiteral = (node: Node): boolean => Array.isArray(node['enum']) && node['enum'].length === 1
