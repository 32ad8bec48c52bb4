/** Maximum edit distance of similar names. */
const maxDistance = 3

/** The most similar of these names; undefined if none is similar. */
export function mostSimilar(name: string, names: Iterable<string>): string | undefined {
  let closest: string | undefined
  let least = maxDistance + 1
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    const distance = editDistance(name, candidate)
    if (distance < least) [closest, least] = [candidate, distance]
  }
  return closest
}

/** Length of a name, in characters, from which on it resembles others. */
const minLength = 4

/** The known name that an unknown one probably means: the same with its unit, or the most similar one. */
export function meantName(name: string, known: readonly string[]): string | undefined {
  if (name.length < minLength) return undefined
  return known.find((longer) => longer.startsWith(name)) ?? mostSimilar(name, known)
}

/** Levenshtein distance. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_cell, index) => index)
  for (let index = 0; index < one.length; index += 1) {
    const next = [index + 1]
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = Number(row[column - 1]) + (one[index] === other[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, Number(row[column]) + 1, Number(next[column - 1]) + 1))
    }
    row = next
  }
  return Number(row[other.length])
}
