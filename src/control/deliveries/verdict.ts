import type { AttemptOutcome } from './answer.ts'
import { isSuccess } from './attempt.ts'
import { isAnswered } from './delivery.ts'
import type { FailureKind } from './failures.ts'

/** Time to the first byte of an answer, in ms, above which it is called slow. */
const slowMs = 1_000

/** The names of findings. */
export type FindingKind =
  | 'answered-200'
  | 'answered-other-2xx'
  | 'answered-redirect'
  | 'answered-4xx'
  | 'answered-5xx'
  | 'answered-otherwise'
  | 'answered-slowly'
  | 'answered-in-part'
  | 'answered-in-excess'
  | 'answered-copy-differently'
  | 'not-http'
  | 'closed-without-answer'
  | 'silent'
  | 'not-reached'

/** An observation of a receiver. */
export interface Finding {
  /** Name of the finding, such as `answered-200`. */
  readonly kind: FindingKind
  /** Whether it is a success, a failure of an attempt, or neither. */
  readonly level: 'success' | 'hint' | 'failure'
  /** Numbers of the attempts in which it was seen, from 1. */
  readonly attempts: readonly number[]
  /** The finding in a sentence. */
  readonly says: string
  /** The rule that it follows, and whose rule it is. */
  readonly source: string
}

/** The parts of an attempt that count for the verdict. */
export type Observed = Pick<
  AttemptOutcome,
  'status' | 'firstByteMs' | 'error' | 'failure' | 'hasExcess'
>

interface Row {
  readonly level: Finding['level']
  readonly is: (attempt: Observed) => boolean
  readonly says: (attempts: readonly Observed[]) => string
  readonly source: string
}

const success = 'wink: its guide calls an answer of 200 a success'
const retried = `${success}, and lets what failed be sent again`
const quick = 'wink: its guide asks receivers to respond quickly'

const answered =
  (from: number, to: number) =>
  (attempt: Observed): boolean =>
    isAnswered(attempt) && Number(attempt.status) >= from && Number(attempt.status) <= to

/** Failures of an answer that may have begun. */
const broken: readonly (FailureKind | undefined)[] = ['closed', 'timeout']

/** True if a part of the answer came. */
const hasBegun = ({ status, firstByteMs, failure }: Observed): boolean =>
  status !== undefined || (firstByteMs !== undefined && broken.includes(failure))

const failed =
  (...kinds: FailureKind[]) =>
  (attempt: Observed): boolean =>
    attempt.failure !== undefined && kinds.includes(attempt.failure) && !hasBegun(attempt)

const unique = (values: readonly (string | number | undefined)[]): string =>
  [...new Set(values)].join(' and ')
const statusesOf = (attempts: readonly Observed[]): string =>
  unique(attempts.map(({ status }) => status))
const errorsOf = (attempts: readonly Observed[]): string =>
  unique(attempts.map(({ error }) => error))

/** The findings about single attempts, in the order in which they are listed. */
const rows: Readonly<Record<Exclude<FindingKind, 'answered-copy-differently'>, Row>> = {
  'answered-200': {
    level: 'success',
    is: answered(200, 200),
    says: () => 'It answered 200.',
    source: success,
  },
  'answered-other-2xx': {
    level: 'hint',
    is: answered(201, 299),
    says: (seen) => `It answered ${statusesOf(seen)}, which counts as success here; answer 200.`,
    source: success,
  },
  'answered-redirect': {
    level: 'failure',
    is: answered(300, 399),
    says: (seen) => `It answered ${statusesOf(seen)}; a redirect is not followed.`,
    source: `${success}; ours`,
  },
  'answered-4xx': {
    level: 'failure',
    is: answered(400, 499),
    says: (seen) => `It answered ${statusesOf(seen)}: it refused what was sent.`,
    source: retried,
  },
  'answered-5xx': {
    level: 'failure',
    is: answered(500, 599),
    says: (seen) => `It answered ${statusesOf(seen)}: it failed.`,
    source: retried,
  },
  'answered-otherwise': {
    level: 'failure',
    is: (attempt) => isAnswered(attempt) && !answered(200, 599)(attempt),
    says: (seen) => `It answered ${statusesOf(seen)}, which is no answer to an event.`,
    source: success,
  },
  'answered-in-part': {
    level: 'failure',
    is: (attempt) =>
      attempt.error !== undefined && attempt.failure !== 'cancelled' && hasBegun(attempt),
    says: (seen) => {
      const statuses = statusesOf(seen.filter(({ status }) => status !== undefined))
      return `It began to answer${statuses && ` with ${statuses}`}, but ${errorsOf(seen)}.`
    },
    source: retried,
  },
  'answered-in-excess': {
    level: 'hint',
    is: ({ hasExcess }) => hasExcess === true,
    says: () => 'It sent more behind the end of its answer; 204 and 304 have no body.',
    source: 'RFC 9110 §6.4.1',
  },
  'not-http': {
    level: 'failure',
    is: failed('not-http'),
    says: (seen) => `It answered, but ${errorsOf(seen)}.`,
    source: success,
  },
  'closed-without-answer': {
    level: 'failure',
    is: failed('closed'),
    says: (seen) => `There was no answer: ${errorsOf(seen)}.`,
    source: retried,
  },
  silent: {
    level: 'failure',
    is: failed('timeout'),
    says: (seen) => `There was no answer: ${errorsOf(seen)}.`,
    source: quick,
  },
  'not-reached': {
    level: 'failure',
    is: failed('unreachable', 'tls', 'forbidden-address', 'other'),
    says: (seen) => `Nothing reached it: ${errorsOf(seen)}.`,
    source: 'ours',
  },
  'answered-slowly': {
    level: 'hint',
    is: ({ status, firstByteMs = 0 }) => status !== undefined && firstByteMs > slowMs,
    says: (seen) =>
      `Its answer began after ${Math.max(...seen.map(({ firstByteMs = 0 }) => firstByteMs))} ms.`,
    source: quick,
  },
}

/**
 * The verdict on a receiver: what was seen in the attempts of a delivery, and nothing more. Whether the receiver handles
 * an event once is for the test to assert.
 *
 * @param firstStatus - status of the last answer to the first copy of the same event, for other copies
 */
export function verdictOf(attempts: readonly Observed[], firstStatus?: number): Finding[] {
  return [...findingsOf(attempts), ...copyFindings(attempts, firstStatus)]
}

function* findingsOf(attempts: readonly Observed[]): Generator<Finding> {
  for (const [kind, { level, is, says, source }] of Object.entries(rows)) {
    const seen = attempts.filter(is)
    if (seen.length === 0) continue
    const numbers = attempts.flatMap((attempt, index) => (is(attempt) ? [index + 1] : []))
    yield { kind: kind as FindingKind, level, attempts: numbers, says: says(seen), source }
  }
}

/** Compares the last answer with that to the first copy, and with the first success of a delivery that is sent again. */
function* copyFindings(attempts: readonly Observed[], firstStatus?: number): Generator<Finding> {
  const index = attempts.findLastIndex(isAnswered)
  const status = attempts[index]?.status
  if (status === undefined) return
  const says = differenceOf(status, firstStatus, attempts.slice(0, index).find(isSuccess)?.status)
  if (says === undefined) return
  yield {
    kind: 'answered-copy-differently',
    level: 'hint',
    attempts: [index + 1],
    says,
    source: 'wink: its guide says that an event may be sent again',
  }
}

function differenceOf(status: number, ofCopy = status, ofSuccess = status): string | undefined {
  if (ofCopy !== status) {
    return `It answered the first copy of this event with ${ofCopy} and this copy with ${status}.`
  }
  if (ofSuccess === status) return undefined
  return `It answered this event with ${ofSuccess} first, and with ${status} when it was sent again.`
}
