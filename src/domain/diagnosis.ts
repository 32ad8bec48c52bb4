import { closestEventName } from './event-names.ts'
import type { Exchange } from './exchange.ts'
import { rules } from './rules.ts'
import type { JournaledRequest } from '../schemas/journal.ts'

/** Most hints about event names in one diagnosis. */
const maxEventHints = 10

type Diagnosis = JournaledRequest['diagnosis']

/**
 * Why a request was refused, and what else its sender should know.
 *
 * @param headers - by lower-case name
 * @param body - the body as text, if all of it was kept
 */
export function diagnosisOf(
  exchange: Exchange,
  headers: JournaledRequest['headers'],
  body: string | null,
): Diagnosis {
  return { refusedBy: refusedBy(exchange), hints: [...hintsOf(exchange, headers, body)] }
}

function refusedBy({ refusal }: Exchange): Diagnosis['refusedBy'] {
  if (refusal?.rule === undefined) return null
  const { requirement, section, source } = rules[refusal.rule]
  return {
    rule: refusal.rule,
    requirement,
    documentedIn: `docs/fidelity.md ${section}`,
    source,
    detail: refusal.message,
    ...(refusal.violations && { violations: [...refusal.violations] }),
  }
}

function* hintsOf(
  exchange: Exchange,
  headers: JournaledRequest['headers'],
  body: string | null,
): Generator<string> {
  if (exchange.refusal?.rule === 'path') yield* pathHints(String(exchange.path))
  if (exchange.operation === null || exchange.managingEntityIdentifier === null) return
  if (headers['wink-version'] === undefined) {
    yield 'Wink-Version is missing; its default, 2.0, was applied.'
  }
  if (body !== null) yield* eventHints(body)
}

/** What is the same in either case: identifiers and percent-encoded bytes. */
const caseless = /%[0-9a-f]{2}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

function* pathHints(path: string): Generator<string> {
  if (/.\/+$/.test(path)) yield 'The path ends in a slash; leave it out.'
  if (/\/\/+./.test(path)) yield 'The path has a doubled slash; one is enough.'
  if (/[A-Z]/.test(path.replace(caseless, '')))
    yield 'Paths are case-sensitive; Wink writes them in lower case.'
}

function* eventHints(body: string): Generator<string> {
  const names = new Set(eventListOf(body))
  let hints = 0
  for (const name of names) {
    const closest = closestEventName(name)
    if (closest === name) continue
    hints += 1
    if (hints > maxEventHints) return
    const question = closest === undefined ? '' : `; did you mean ${closest}?`
    yield `${JSON.stringify(name.slice(0, 100))} is not in Wink's event catalogue${question}`
  }
}

function eventListOf(body: string): string[] {
  try {
    const { eventList } = JSON.parse(body) as { eventList?: unknown }
    return Array.isArray(eventList) ? eventList.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}
