import { causesOf } from '../../base/problems/causes.ts'
import { codingOf } from '../../http/content-coding.ts'
import { catalogueHint } from '../../wink/webhooks/event-name-causes.ts'
import type { Entry } from './entry.ts'
import { pathCauses, pathOddities } from '../../http/path-causes.ts'
import { rules } from '../../base/problems/rules.ts'
import type { RuleName } from '../../base/problems/types.ts'
import type { JournaledRequest } from './schema.ts'
import { retiredMembers } from '../../wink/webhooks/retired-members.ts'

/** Maximum number of hints about event names. */
const maxEventHints = 10

type Diagnosis = JournaledRequest['diagnosis']

/**
 * Diagnoses a request: the rule it broke, if any, and hints for its sender.
 *
 * @param headers - masked header fields, by lower-case name
 * @param body - masked body, or null if the journal did not keep all of it
 */
export function diagnosisOf(
  entry: Entry,
  headers: JournaledRequest['headers'],
  body: string | null,
): Diagnosis {
  return { refusedBy: refusedBy(entry), hints: [...hintsOf(entry, headers, body)] }
}

function refusedBy({ refusal }: Entry): Diagnosis['refusedBy'] {
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
  entry: Entry,
  headers: JournaledRequest['headers'],
  body: string | null,
): Generator<string> {
  const path = entry.path ?? ''
  if (entry.refusal?.rule === 'path') yield* causesOf(pathCauses, path)
  yield* causesOf(pathOddities, path)
  if (entry.body?.length) yield* codingHint(headers['content-encoding'])
  if (entry.operation === null || entry.managingEntityIdentifier === null) return
  yield* versionHint(headers['wink-version'], entry.refusal?.rule)
  if (body !== null) yield* bodyHints(body)
}

function* codingHint(contentEncoding: string | string[] | undefined): Generator<string> {
  const coding = codingOf(contentEncoding)
  if (coding === undefined) return
  yield `Content-Encoding ${coding} was not decoded; the body was taken as it came.`
}

function* versionHint(
  version: string | string[] | undefined,
  brokenRule: RuleName | undefined,
): Generator<string> {
  if (version !== undefined || brokenRule === 'wink-version') return
  yield "Wink-Version is missing; its default is 2.0, but Wink's channel-manager guide requires it."
}

function* bodyHints(text: string): Generator<string> {
  const body = objectOf(text)
  yield* causesOf(retiredMembers, body)
  const { eventList } = body
  if (Array.isArray(eventList)) yield* eventHints(eventList)
}

function* eventHints(eventList: readonly unknown[]): Generator<string> {
  const names = new Set(eventList.filter((name) => typeof name === 'string'))
  let hints = 0
  for (const name of names) {
    const hint = catalogueHint(name)
    if (hint === undefined) continue
    hints += 1
    if (hints > maxEventHints) return
    yield hint
  }
}

/** The members of a JSON object; none if the text is anything else. */
function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(text) as object | null) }
  } catch {
    return {}
  }
}
