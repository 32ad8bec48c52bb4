/**
 * An optional name, an optional value, and a separator or the end of the field (RFC 7240 §2). Adjacent parts match
 * disjoint characters, so that matching takes linear time.
 */
const piece =
  /[ \t]*(?:([\w!#$%&'*+.^`|~-]+)[ \t]*(?:=[ \t]*(?:([\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*")[ \t]*)?)?)?([;,]|$)/y

/**
 * Parses a `Prefer` field into preferences by lower-case name (RFC 7240 §2).
 *
 * The first of several equal names counts. Parameters of preferences are dropped. A syntax error ends the
 * parsing without an error, because a preference must not fail a request.
 *
 * @param field - value of the field; Node.js joins several fields with commas
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
