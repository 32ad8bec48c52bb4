// Prints tables in Markdown.

/** Prints a table of texts. */
export function printTable(head, rows) {
  const line = (cells) => console.log(`| ${cells.join(' | ')} |`)
  line(head)
  line(head.map(() => '---'))
  for (const cells of rows) line(cells)
}

export const fixed = (value, digits) => (value === undefined ? '' : value.toFixed(digits))

/**
 * Compares a figure with its budget.
 *
 * @param reach - the aim
 * @param limit - the worst permitted value
 * @param atLeast - true if more is better
 * @returns `reached`, `missed` or `worse than allowed`; empty without a budget
 */
export function verdictOn(value, { reach, limit, atLeast = false }) {
  const fits = (bound) => bound === undefined || (atLeast ? value >= bound : value <= bound)
  if (reach === undefined && limit === undefined) return ''
  if (fits(reach) && fits(limit)) return 'reached'
  return fits(limit) ? 'missed' : 'worse than allowed'
}

/** A bound as text, such as `≤ 1.15`. */
export const boundOf = (value, atLeast) =>
  value === undefined ? '' : `${atLeast ? '≥' : '≤'} ${value.toLocaleString('en')}`
