import type { TSchema } from '@sinclair/typebox'

/** The values of a union of literals. */
export function literalsOf(union: TSchema): string[] {
  return (union['anyOf'] as { const: string | number }[]).map((literal) => String(literal.const))
}
