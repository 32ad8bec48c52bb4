import { printable } from '../http/log-entry.ts'
import type { JournaledRequest } from '../control/journal/types.ts'

/** Number of violations and of hints that are shown of a request. */
const maxShown = 3

/** An exchange, as a terminal shows it; what the journal does not know is missing. */
export interface ShownExchange {
  readonly id?: string | undefined
  readonly method?: string | null | undefined
  readonly path?: string | null | undefined
  readonly status: number | null
  readonly ms?: number | undefined
  readonly detail?: string | undefined
  readonly diagnosis?: JournaledRequest['diagnosis'] | undefined
}

/**
 * Shows an exchange in one line, and its first violations and hints in lines beneath it.
 *
 * @param isColored - whether the status has a colour: 2xx green, 4xx yellow, 5xx red
 */
export function exchangeLines(exchange: ShownExchange, isColored: boolean): string {
  const { id, method, path, status, ms, detail, diagnosis } = exchange
  const shownStatus = isColored ? colored(status) : String(status ?? 'no answer')
  const words = [
    method ?? 'not HTTP',
    path ?? '',
    shownStatus,
    ms === undefined ? '' : `${ms} ms`,
    id ?? '',
    detail ?? '',
  ].filter((word) => word !== '')
  return [words.join(' '), ...(diagnosis ? remarksOf(diagnosis, detail) : [])].join('\n    ')
}

/** A journaled request as lines. */
export const requestLines = (request: JournaledRequest, isColored: boolean): string =>
  exchangeLines(
    {
      ...request,
      method: request.method && printable(request.method),
      path: request.path && printable(request.path),
      ms: request.durationMs,
      detail: printable(detailOf(request)),
    },
    isColored,
  )

function detailOf({ faults, diagnosis: { refusedBy } }: JournaledRequest): string {
  if (refusedBy) return refusedBy.detail
  return faults.length === 0 ? '' : 'A fault acted.'
}

/** The first violations, unless the detail says the only one, and the first hints. */
function remarksOf({ refusedBy, hints }: JournaledRequest['diagnosis'], detail = ''): string[] {
  if (refusedBy === null) return []
  const violations = (refusedBy.violations ?? [])
    .map(({ pointer, detail: what }) => printable(`${pointer} ${what}`))
    .filter((violation) => !detail.includes(violation))
  return [...first(violations), ...first(hints.map(printable)).map((hint) => `hint: ${hint}`)]
}

function first(texts: readonly string[]): string[] {
  const others = texts.length - maxShown
  return [...texts.slice(0, maxShown), ...(others > 0 ? [`and ${others} more`] : [])]
}

/** Colours of a terminal (ECMA-48, Select Graphic Rendition), by the first digit of a status. */
const colors: Readonly<Record<string, number>> = { 2: 32, 4: 33, 5: 31 }

function colored(status: number | null): string {
  const text = String(status ?? 'no answer')
  const color = colors[text.charAt(0)]
  return color === undefined ? text : `\u001b[${color}m${text}\u001b[39m`
}
