/** An object of a document. */
export type Node = Readonly<Record<string, unknown>>

/** Fields whose values are data, not parts of the document. */
const data: readonly string[] = ['default', 'enum', 'example', 'examples']

/**
 * Copies a part of a document, and changes its objects from the inside out.
 *
 * @param change - gets each object, whose fields have been changed already
 */
export function mapNodes(part: unknown, change: (node: Node) => Node): unknown {
  if (Array.isArray(part)) return part.map((item) => mapNodes(item, change))
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).map(
    ([name, field]) => [name, data.includes(name) ? field : mapNodes(field, change)] as const,
  )
  return change(Object.fromEntries(entries))
}
