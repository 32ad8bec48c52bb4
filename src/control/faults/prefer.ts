/**
 * A name, perhaps with a value, and what ends it; the name may be missing (RFC 7240 §2). No two parts of it take
 * the same character, so that it takes time in proportion to the field.
 */
const piece =
  /[ \t]*(?:([\w!#$%&'*+.^`|~-]+)[ \t]*(?:=[ \t]*(?:([\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*")[ \t]*)?)?)?([;,]|$)/y

/**
 * The preferences of a `Prefer` field, by lower-case name (RFC 7240 §2).
 *
 * Of a preference that is given twice the first counts; parameters of preferences are not kept. What
 * does not follow the grammar is ignored from there on, as no preference may fail a request.
 *
 * @param field - value of the field; several fields arrive as one value, joined by commas
 */
export function preferencesOf(field: string): ReadonlyMap<string, string> {
  const preferences = new Map<string, string>()
  let isParameter = false
  piece.lastIndex = 0
  for (let match = piece.exec(field); match; match = piece.exec(field)) {
    const [, name, value = '', end] = match
    const key = name?.toLowerCase()
    if (key !== undefined && !isParameter && !preferences.has(key)) {
      preferences.set(key, unquote(value))
    }
    if (end === '') break
    isParameter = end === ';'
  }
  return preferences
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text
}
