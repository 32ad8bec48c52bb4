/**
 * Of two texts that are equal the other one, so that both are kept as one: what requests bring is much the
 * same from one to the next, and each brings it anew.
 */
export const shared = <Text extends string | null | undefined>(text: Text, other: Text): Text =>
  text === other ? other : text

/** A list of the same texts, which shares what is equal with another list: all of it, or some texts. */
export function sharedList<Text extends string | undefined>(
  list: readonly Text[],
  other: readonly Text[],
): readonly Text[] {
  if (isSame(list, other)) return other
  return list.map((text, index) => shared(text, other[index] as Text))
}

function isSame(list: readonly unknown[], other: readonly unknown[]): boolean {
  if (list.length !== other.length) return false
  for (let index = 0; index < list.length; index += 1) {
    if (list[index] !== other[index]) return false
  }
  return true
}
