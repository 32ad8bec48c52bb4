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
  let isSame = list.length === other.length
  const texts = list.map((text, index) => {
    isSame &&= text === other[index]
    return shared(text, other[index] as Text)
  })
  return isSame ? other : texts
}
