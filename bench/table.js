// Prints tables in Markdown.

/** A table; the cells of a row are printed as they are, figures with `digits` behind the point. */
export function printTable(head, rows) {
  const line = (cells) => console.log(`| ${cells.join(' | ')} |`)
  line(head)
  line(head.map(() => '---'))
  for (const cells of rows) line(cells)
}

export const fixed = (value, digits) => (value === undefined ? '' : value.toFixed(digits))

/**
 * Compares a figure with what it is to reach.
 *
 * @param atLeast - whether more is better
 * @returns `reached`, `missed`, or `worse than allowed`; empty where there is nothing to reach
 */
export function verdictOn(value, { reach, limit, atLeast = false }) {
  const fits = (bound) => bound === undefined || (atLeast ? value >= bound : value <= bound)
  if (reach === undefined && limit === undefined) return ''
  if (fits(reach) && fits(limit)) return 'reached'
  return fits(limit) ? 'missed' : 'worse than allowed'
}

/** A bound as it stands in a table. */
export const boundOf = (value, atLeast) =>
  value === undefined ? '' : `${atLeast ? '≥' : '≤'} ${value.toLocaleString('en')}`
