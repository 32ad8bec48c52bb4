import { ApiError, problemOfStatus, problems } from '../base/problems/problems.ts'
import { requireSignal } from '../base/signal.ts'
import type { Problem, ProblemStatus } from '../base/problems/types.ts'

/** A request to the control API. */
export interface ControlRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The path below `/__admin`, with its query. */
  readonly path: string
  /** The body; undefined for none. */
  readonly body?: unknown
  /** Whether the answer is text; JSON otherwise. */
  readonly isText?: boolean
  /** Cancels the request. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends a request to the control API; gives the JSON or the text of the answer, undefined if it has no body.
 *
 * @throws ApiError if the sandbox refuses the request; the reason of `signal` if that cancels it
 * @throws UnreachableError if no sandbox answers
 */
export type Send = <Answer>(request: ControlRequest) => Promise<Answer>

/** The part of `fetch` that the client needs. */
export type Fetch = (
  url: string,
  request: Pick<RequestInit, 'method' | 'body' | 'signal'> & {
    readonly headers: Record<string, string>
  },
) => Promise<Pick<Response, 'ok' | 'status' | 'headers' | 'text' | 'body'>>

/** No sandbox answers at the URL. */
export class UnreachableError extends Error {}

/**
 * @param url - base URL of the sandbox, without a trailing slash
 * @param fetch - sends the requests. Default: the global one of now; a test may replace it later
 */
export function buildSend(
  url: string,
  adminToken: string | undefined,
  fetch: Fetch = globalThis.fetch,
): Send {
  const authorization = adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` }
  return async <Answer>({
    method,
    path,
    body,
    isText,
    signal,
  }: ControlRequest): Promise<Answer> => {
    requireSignal(signal)
    const target = `${url}/__admin${path}`
    const text = body === undefined ? null : jsonOf(body)
    const content = text === null ? {} : { 'content-type': 'application/json' }
    try {
      const response = await fetch(target, {
        method,
        headers: { ...authorization, ...content },
        body: text,
        signal: signal ?? null,
      })
      const answer = await response.text()
      if (isText && response.ok) return answer as Answer
      return answerOf(response.status, answer) as Answer
    } catch (error) {
      if (error instanceof ApiError) throw error
      if (signal?.aborted) throw signal.reason
      throw new UnreachableError(`${method} ${target}: ${reasonOf(error, url)}`, { cause: error })
    }
  }
}

/**
 * The JSON text of a value.
 *
 * @throws ApiError `bad-request` if JSON would turn a part of it into something else, such as `NaN` into `null`
 */
function jsonOf(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name) {
    const part = this[name]
    if (isJson(part)) return part
    const detail = `${name === '' ? 'the value' : name} must be what JSON has, not ${String(part)}`
    throw new ApiError('bad-request', `Nothing was sent: ${detail}.`, {
      violations: [{ pointer: '#', detail }],
    })
  })
}

/** Whether JSON has a value. A member that is undefined is left out. */
function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return !['bigint', 'function', 'symbol'].includes(typeof value)
  const kind = Object.prototype.toString.call(value)
  return ['[object Object]', '[object Array]', '[object Null]'].includes(kind)
}

/**
 * The value that an answer has; undefined for 204.
 *
 * @throws ApiError if it is a problem
 * @throws Error if no sandbox answers so
 */
function answerOf(status: number, text: string): unknown {
  if (status === 204) return undefined
  const answer = parsed(text)
  if (status < 300 && answer !== undefined && !isProblem(answer)) return answer
  throw errorOf(status, text)
}

/** The error of an answer that is none of the expected ones. */
export function errorOf(status: number, text: string): Error {
  const answer = parsed(text)
  if (isProblem(answer)) return refusalOf(answer)
  return new Error(`answered ${status} with what no sandbox sends`)
}

/** The value of a JSON text; undefined if it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const statuses: readonly unknown[] = Object.values(problems).map(({ status }) => status)

const isProblem = (answer: unknown): answer is Problem & { status: ProblemStatus } => {
  const { type, status, detail } = Object(answer) as Partial<Problem>
  return type === 'about:blank' && typeof detail === 'string' && statuses.includes(status)
}

/** The error that the library throws in place of this problem. */
function refusalOf({ status, detail, properties }: Problem & { status: ProblemStatus }): ApiError {
  const { errors: violations, ...others } = properties ?? {}
  return new ApiError(problemOfStatus(status), detail, {
    ...(violations && { violations }),
    ...(Object.keys(others).length > 0 && { properties: others }),
  })
}

/** The message of an error and of its cause, which tells why `fetch` failed. They may be of another realm, as in Jest. */
function reasonOf(error: unknown, url: string): string {
  const { message, cause } = error as Error
  const { message: why, code } = Object(cause) as { message?: string; code?: string }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return `${url} does not speak TLS; use http`
  return why === undefined ? message : `${message} (${why.trim()})`
}
