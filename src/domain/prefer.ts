const piece = /[ \t]*(?:[=;,]|[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*")/y

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
  let preference: string[] = []
  for (const part of [...partsOf(field), ',']) {
    if (part !== ',') {
      preference.push(part)
      continue
    }
    const [name, equals, value = '', next = ';'] = preference
    preference = []
    if (name === undefined) continue
    if (next !== ';' || !['=', ';', undefined].includes(equals)) break
    const key = name.toLowerCase()
    if (!preferences.has(key)) preferences.set(key, equals === '=' ? unquote(value) : '')
  }
  return preferences
}

function partsOf(field: string): string[] {
  const parts: string[] = []
  piece.lastIndex = 0
  for (let match = piece.exec(field); match; match = piece.exec(field)) {
    parts.push(match[0].trimStart())
  }
  return parts
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text
}
