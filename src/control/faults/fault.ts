import { documentedStatuses } from '../../base/problems/problems.ts'
import type { FaultEffect, FaultMoment } from './schema.ts'
import { preferencesOf } from './prefer.ts'

/** Where faults come from, in order of precedence. */
export type FaultSource = 'rule' | 'prefer' | 'managing-entity'

/** A fault that acts on one request (CONTRACT §1 step 1). */
export interface Fault {
  readonly source: FaultSource
  /** Id of the rule, where one was armed. */
  readonly id?: string
  readonly effect: FaultEffect
  readonly when: FaultMoment
  /** How long it waits before it does anything else, in ms. */
  readonly delayMs: number
  /** What armed it, for the `detail` of the answer. */
  readonly origin: string
  /** Header fields of the answer beside those of the effect, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>
}

type DocumentedStatus = (typeof documentedStatuses)[number]

const documentedStatusOf = (digits: string): DocumentedStatus | undefined =>
  documentedStatuses.find((status) => String(status) === digits)

/** False only for pure delays, which let later faults act. */
export const isTerminal = ({ effect }: Pick<Fault, 'effect'>): boolean =>
  effect.status !== undefined || effect.connection !== undefined

/**
 * The fault that a request asks for itself with `Prefer: code=<status>` (RFC 7240 §2).
 *
 * @returns undefined where it asks for none, or for one that does not exist, which RFC 7240 has ignored
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

/** What the identifiers begin with of managing entities that always fail; the rest is a status. */
const failingEntities = '00000000-0000-4000-8000-000000000'

/**
 * The fault of a managing entity that always fails: `00000000-0000-4000-8000-000000000503` and its like,
 * for clients that cannot set a header field.
 */
export function specialEntityFault(
  managingEntityIdentifier: string | undefined,
): Fault | undefined {
  if (!managingEntityIdentifier?.startsWith(failingEntities)) return undefined
  const status = documentedStatusOf(managingEntityIdentifier.slice(failingEntities.length))
  if (status === undefined) return undefined
  return {
    source: 'managing-entity',
    effect: { status },
    when: 'before',
    delayMs: 0,
    origin: `managing entity ${managingEntityIdentifier}`,
  }
}
