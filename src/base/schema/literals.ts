import type { TSchema } from '@sinclair/typebox'

/** The values that a union of literals takes. */
export function literalsOf(union: TSchema): string[] {
  return (union['anyOf'] as { const: string | number }[]).map((literal) => String(literal.const))
}
