import type { Scope } from '../schemas/data.ts'
import { insufficientScopeChallenge, invalidTokenChallenge } from './bearer.ts'
import { preferencesOf } from './prefer.ts'
import { ApiError, type ProblemName } from './problems.ts'

/** What a fault does to an exchange. A new kind is a new member here, and a new row where it acts. */
export interface FaultEffect {
  readonly kind: 'problem'
  readonly status: ScriptableStatus
}

/** A fault that acts on one request (CONTRACT §1 step 1). */
export interface Fault {
  readonly effect: FaultEffect
  /** What armed it, for the `detail` of the answer. */
  readonly origin: string
  /** Header fields of the answer beside those of the effect, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
}

/** What the header fields of a scripted problem depend on. */
export interface FaultedRoute {
  /** Methods that the path allows; none where the path is unknown. */
  readonly methods: readonly string[]
  /** Scope that the operation asks for. */
  readonly scope: Scope
}

interface ScriptableProblem {
  readonly problem: ProblemName
  readonly headers?: (route: FaultedRoute) => Record<string, string>
}

/** The documented problems, and the header fields that depend on the route (CONTRACT §4). */
const scriptable = {
  400: { problem: 'bad-request' },
  401: {
    problem: 'unauthorized',
    headers: () => ({ 'www-authenticate': invalidTokenChallenge('The token was refused.') }),
  },
  403: {
    problem: 'forbidden',
    headers: ({ scope }) => ({ 'www-authenticate': insufficientScopeChallenge(scope) }),
  },
  404: { problem: 'not-found' },
  405: { problem: 'method-not-allowed', headers: ({ methods }) => ({ allow: methods.join(', ') }) },
  409: { problem: 'conflict' },
  415: { problem: 'unsupported-media-type' },
  500: { problem: 'internal-server-error' },
  503: { problem: 'service-unavailable' },
} as const satisfies Record<number, ScriptableProblem>

/** A documented status that any request can be answered with. */
export type ScriptableStatus = keyof typeof scriptable

const isScriptable = (code: string): boolean => Object.hasOwn(scriptable, code)

/**
 * The fault that a request asks for itself with `Prefer: code=<status>` (RFC 7240 §2).
 *
 * @returns undefined where it asks for none, or for one that does not exist, which RFC 7240 has ignored
 */
export function preferredFault(prefer: string | undefined): Fault | undefined {
  const code = prefer === undefined ? undefined : preferencesOf(prefer).get('code')
  if (code === undefined || !isScriptable(code)) return undefined
  return {
    effect: { kind: 'problem', status: Number(code) as ScriptableStatus },
    origin: `Prefer: code=${code}`,
    headers: { 'preference-applied': `code=${code}` },
  }
}

/** The answer of a fault whose effect is a problem. */
export function scriptedProblem({ effect, origin, headers }: Fault, route: FaultedRoute): ApiError {
  const row: ScriptableProblem = scriptable[effect.status]
  return new ApiError(
    row.problem,
    `Answered because of "${origin}"; the request was not carried out.`,
    { headers: { ...row.headers?.(route), ...headers } },
  )
}
