import { journaledRequest } from './view.ts'
import { ApiError } from '../../base/problems/problems.ts'
import type { JournaledRequest, RequestFilter } from './schema.ts'
import type { Journal } from './store.ts'
import type { Turns } from '../../base/turns.ts'

/** How many requests the error of a wait shows. */
const maxShown = 10
/** How many of them its sentence names, and how many characters of each path and of each reason. */
const maxNamed = 3
const maxTextLength = 160

/**
 * The error of a wait whose time is up. Its message says what came instead: a test runner shows the message
 * alone.
 */
export async function timedOut(
  filter: RequestFilter,
  { seen, count }: { readonly seen: number; readonly count: number },
  journal: Journal,
  turns: Turns,
): Promise<ApiError> {
  const { managingEntityIdentifier } = filter
  const isShown = journal.matcher(
    managingEntityIdentifier === undefined ? {} : { managingEntityIdentifier },
  )
  const matches = journal.matcher(filter)
  const requests: JournaledRequest[] = []
  const others: JournaledRequest[] = []
  for await (const entry of turns.over(journal.all().toReversed())) {
    if (!isShown(entry)) continue
    const request = journaledRequest(entry)
    requests.unshift(request)
    if (!matches(entry)) others.unshift(request)
    if (requests.length === maxShown) break
  }
  return new ApiError(
    'request-timeout',
    `${seen} of ${count} requests came in time; ${insteadOf(others.slice(-maxNamed))}.`,
    { properties: { count: seen, requests } },
  )
}

function insteadOf(others: readonly JournaledRequest[]): string {
  if (others.length === 0) return 'no others came'
  return `the last others were ${others.map(inWords).join('; ')}`
}

function inWords(request: JournaledRequest): string {
  const { method, path, status } = request
  const what = method === null ? 'a request that is not HTTP' : `${method} ${short(String(path))}`
  const reason = reasonOf(request)
  return `${what}: ${status ?? 'no answer'}${reason === undefined ? '' : ` (${short(reason)})`}`
}

function reasonOf({ faults, diagnosis: { refusedBy } }: JournaledRequest): string | undefined {
  if (refusedBy === null) return faults.length > 0 ? 'a fault acted' : undefined
  const { detail, violations: [first, ...others] = [] } = refusedBy
  if (first === undefined) return detail.replace(/\.$/, '')
  const more = others.length > 0 ? '; and more' : ''
  return `${first.pointer} ${first.detail}${more}`
}

const short = (text: string): string =>
  text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text
