// Sums, medians and rounds of figures.

export const sum = (values) => values.reduce((one, other) => one + other, 0)

/** A quantile of sorted figures. */
export const quantile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

export const median = (values) => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Measures the subjects in turn, for a number of rounds. Each round begins with another subject, so that other work of the
 * machine affects all alike.
 *
 * @returns by subject, the figures of all rounds
 */
export async function inTurn(subjects, rounds, measure) {
  const names = Object.keys(subjects)
  const results = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    const from = round % names.length
    for (const name of [...names.slice(from), ...names.slice(0, from)]) {
      results[name].push(await measure(subjects[name], round))
    }
  }
  return results
}

/**
 * Measures all subjects together, for a number of rounds.
 *
 * @param measure - gives the figures by subject
 * @returns by subject, the figures of all rounds
 */
export async function inRounds(rounds, measure) {
  const all = []
  while (all.length < rounds) all.push(await measure())
  const names = Object.keys(all[0])
  return Object.fromEntries(names.map((name) => [name, all.map((figures) => figures[name])]))
}

/** The median of a figure over all rounds, by subject. */
export const mediansOf = (results, figure) =>
  Object.fromEntries(
    Object.entries(results).map(([name, all]) => [name, median(all.map((one) => one[figure]))]),
  )
