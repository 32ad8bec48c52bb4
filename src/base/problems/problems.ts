import { uriPathOf } from '../target.ts'
import type { Problem, ProblemName, ProblemStatus, RuleName, Violation } from './types.ts'

/** A row of the catalogue of problems. */
interface ProblemRow {
  readonly status: ProblemStatus
  /** The status's reason phrase (RFC 9110 §15). */
  readonly title: string
  /** Header fields of every answer with this problem, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The catalogue of problems, by name (CONTRACT §4). A new problem is a new row.
 *
 * `Retry-After` is one second, so that tests of clients that honour it are fast.
 */
export const problems = {
  'bad-request': { status: 400, title: 'Bad Request' },
  unauthorized: { status: 401, title: 'Unauthorized', headers: { 'www-authenticate': 'Bearer' } },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not Found' },
  'method-not-allowed': { status: 405, title: 'Method Not Allowed' },
  'request-timeout': { status: 408, title: 'Request Timeout' },
  conflict: { status: 409, title: 'Conflict' },
  'content-too-large': { status: 413, title: 'Content Too Large' },
  'unsupported-media-type': {
    status: 415,
    title: 'Unsupported Media Type',
    headers: { accept: 'application/json' },
  },
  'too-many-requests': { status: 429, title: 'Too Many Requests' },
  'request-header-fields-too-large': { status: 431, title: 'Request Header Fields Too Large' },
  'internal-server-error': { status: 500, title: 'Internal Server Error' },
  'not-implemented': { status: 501, title: 'Not Implemented' },
  'bad-gateway': { status: 502, title: 'Bad Gateway' },
  'service-unavailable': {
    status: 503,
    title: 'Service Unavailable',
    headers: { 'retry-after': '1' },
  },
  'gateway-timeout': { status: 504, title: 'Gateway Timeout' },
} as const satisfies Record<ProblemName, ProblemRow>

/** The problem that has a status. */
export function problemOfStatus(status: ProblemStatus): ProblemName {
  const names = Object.keys(problems) as ProblemName[]
  /* c8 ignore next - every status has a row */
  return names.find((name) => problems[name].status === status) ?? 'internal-server-error'
}

/** Optional parts of an {@link ApiError}. */
export interface ApiErrorOptions {
  /** Further header fields of the answer, by lower-case name. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  /** Violations of the body, for `properties.errors`. Default: none. */
  readonly violations?: readonly Violation[]
  /** Further fields of `properties`. Default: none. */
  readonly properties?: Readonly<Record<string, unknown>>
  /** The rule that the request broke. Default: none. */
  readonly rule?: RuleName
}

/** The reason for a refusal. */
export type Refusal = Pick<ApiError, 'message' | 'rule' | 'violations'>

/** The refusal of a request. The control of a sandbox throws it; over HTTP it is the answer, as problem details. */
export class ApiError extends Error {
  /** Always `ApiError`. */
  override readonly name = 'ApiError'
  /** Name of the problem, which goes with the status. */
  readonly problem: ProblemName
  /** Further header fields of the answer, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  /** The first 50 violations of what was given; undefined if that is not the problem. */
  readonly violations: readonly Violation[] | undefined
  /** Further fields of `properties` in the answer; undefined if there are none. */
  readonly properties: Readonly<Record<string, unknown>> | undefined
  /** The rule for requests that was broken; undefined if it is none of them. */
  readonly rule: RuleName | undefined

  /**
   * @param problem - name of the problem
   * @param detail - one sentence that tells the client what to do; it is sent and logged, so it must hold no secret
   */
  constructor(problem: ProblemName, detail: string, options: ApiErrorOptions = {}) {
    super(detail)
    this.problem = problem
    const row: ProblemRow = problems[problem]
    this.headers = { ...row.headers, ...options.headers }
    this.violations = options.violations
    this.properties = options.properties
    this.rule = options.rule
  }

  /** Status code of the answer. */
  get status(): ProblemStatus {
    return problems[this.problem].status
  }

  /** The reason phrase of the status. */
  get title(): string {
    return problems[this.problem].title
  }
}

/** The refusal of what comes while the sandbox closes. */
export const shuttingDown = (options: ApiErrorOptions = {}): ApiError =>
  new ApiError('service-unavailable', 'The sandbox is shutting down; start it again.', options)

/** The refusal of a request that a fault was delaying when the sandbox was reset. */
export const endedByReset = (): ApiError =>
  new ApiError(
    'service-unavailable',
    'The sandbox was reset while a fault held the request; send it again if it still matters.',
  )

/**
 * The problem details of an error, with the fields in the order of answers (RFC 9457 §3.1).
 *
 * @param target - the request target as received; undefined if it could not be parsed
 */
export function toProblem(error: ApiError, target?: string): Problem {
  return {
    type: 'about:blank',
    title: error.title,
    status: error.status,
    detail: error.message,
    ...(target !== undefined && { instance: uriPathOf(target) }),
    ...((error.violations ?? error.properties) && {
      properties: {
        ...(error.violations && { errors: [...error.violations] }),
        ...error.properties,
      },
    }),
  }
}

/** The statuses of refusals in Wink's documentation (CONTRACT §4). */
export const documentedStatuses = [400, 401, 403, 404, 405, 409, 415, 500, 503] as const
