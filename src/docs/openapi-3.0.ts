import type { OpenAPIV3, OpenAPIV3_1 } from 'openapi-types'
import { mapNodes, type Node } from './document-nodes.ts'

/**
 * Converts a document to OpenAPI 3.0.3, for generators that do not know 3.1: `null` becomes `nullable`, and the licence
 * loses its `identifier`. All else is the same.
 */
export function toOpenApi30({ info, ...document }: OpenAPIV3_1.Document): OpenAPIV3.Document {
  const { license, ...others } = info
  return {
    ...(mapNodes(document, nullable) as OpenAPIV3.Document),
    openapi: '3.0.3',
    info: { ...others, ...(license && { license: { name: license.name } }) },
  }
}

/** Turns the union of a schema and `null` into the schema with `nullable`. */
function nullable(node: Node): Node {
  const { anyOf = [], ...others } = node as { anyOf?: Node[] }
  const [schema, empty, more] = anyOf
  if (!schema || empty?.['type'] !== 'null' || more) return node
  // A reference has no siblings in 3.0.
  return { ...('$ref' in schema ? { allOf: [schema] } : schema), ...others, nullable: true }
}
