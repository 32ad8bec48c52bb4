import { documentedStatuses } from '../../base/problems/problems.ts'
import type { FaultEffect, FaultMoment } from './schema.ts'
import { preferencesOf } from './prefer.ts'

/** Sources of faults, in order of precedence. */
export type FaultSource = 'rule' | 'prefer' | 'managing-entity'

/** A fault that acts on one request (CONTRACT §1 step 1). */
export interface Fault {
  readonly source: FaultSource
  /** Id of the armed rule, if `source` is `rule`. */
  readonly id?: string
  readonly effect: FaultEffect
  readonly when: FaultMoment
  /** Delay before the fault does anything else, in ms. */
  readonly delayMs: number
  /** Name of the source, for the `detail` of the answer. */
  readonly origin: string
  /** Additional header fields of the answer, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>
}

type DocumentedStatus = (typeof documentedStatuses)[number]

const documentedStatusOf = (digits: string): DocumentedStatus | undefined =>
  documentedStatuses.find((status) => String(status) === digits)

/** False only for pure delays, which let later faults act. */
export const isTerminal = ({ effect }: Pick<Fault, 'effect'>): boolean =>
  effect.status !== undefined || effect.connection !== undefined

/**
 * The fault that a request asks for with `Prefer: code=<status>` (RFC 7240 §2).
 *
 * @returns undefined if there is no such preference, or its status is unknown: RFC 7240 requires servers to
 *   ignore unknown preferences
 */
export function preferredFault(prefer: string | undefined): Fault | undefined {
  const code = prefer === undefined ? undefined : preferencesOf(prefer).get('code')
  const status = code === undefined ? undefined : documentedStatusOf(code)
  if (status === undefined) return undefined
  return {
    source: 'prefer',
    effect: { status },
    when: 'before',
    delayMs: 0,
    origin: `Prefer: code=${status}`,
    headers: { 'preference-applied': `code=${status}` },
  }
}

/** Prefix of managing entities that always fail; a status follows. */
const failingEntityPrefix = '00000000-0000-4000-8000-000000000'

/**
 * The fault of a managing entity that always fails, such as `00000000-0000-4000-8000-000000000503`. It is for
 * clients that cannot set a header field.
 */
export function specialEntityFault(
  managingEntityIdentifier: string | undefined,
): Fault | undefined {
  if (!managingEntityIdentifier?.startsWith(failingEntityPrefix)) return undefined
  const status = documentedStatusOf(managingEntityIdentifier.slice(failingEntityPrefix.length))
  if (status === undefined) return undefined
  return {
    source: 'managing-entity',
    effect: { status },
    when: 'before',
    delayMs: 0,
    origin: `managing entity ${managingEntityIdentifier}`,
  }
}
