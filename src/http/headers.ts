/**
 * The values of all header fields of a name: of some, Node.js keeps only the first in `headers`.
 *
 * @param rawHeaders - names and values in turn, as they were sent
 * @param name - in lower case
 */
export function fieldsOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const field = rawHeaders[index]
    const value = rawHeaders[index + 1]
    // Most names differ in length.
    if (field?.length !== name.length || value === undefined) continue
    if (field.toLowerCase() === name) values.push(value)
  }
  return values
}
