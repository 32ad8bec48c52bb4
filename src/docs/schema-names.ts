type Node = Readonly<Record<string, unknown>>

/** Members whose values are no schemas, whatever they look like. */
const values: readonly string[] = ['default', 'enum', 'example', 'examples']

/**
 * A document in the form that generators of clients want: schemas with a title are components of that
 * name, and a choice of nothing but literals is an enumeration.
 */
export function withNamedSchemas<Document extends object>(document: Document): Document {
  const schemas: Record<string, unknown> = {}

  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(
      ([name, member]) => [name, values.includes(name) ? member : copy(member)] as const,
    )
    return named(enumeration(Object.fromEntries(entries)))
  }
  const named = (node: Node): Node => {
    const { title } = node
    if (typeof title !== 'string' || node['type'] === undefined) return node
    schemas[title] = node
    return { $ref: `#/components/schemas/${title}` }
  }

  const { components, ...others } = copy(document) as { components?: Node }
  const sorted = Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    ...others,
    components: { ...components, schemas: Object.fromEntries(sorted) },
  } as Document
}

/** `anyOf` literals of one type as `enum`; any other schema as it is. */
function enumeration(node: Node): Node {
  const { anyOf = [], ...others } = node as { anyOf?: Node[] }
  const types = new Set(anyOf.map((one) => ('const' in one ? one['type'] : undefined)))
  const [type] = types
  if (types.size !== 1 || type === undefined) return node
  return { type, enum: anyOf.map((one) => one['const']), ...others }
}
