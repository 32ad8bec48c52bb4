import type { FaultBody, FaultEffect } from './schema.ts'
import type { WebhookScope } from '../../wink/auth/scopes.ts'
import { insufficientScopeChallenge, invalidTokenChallenge } from '../../wink/auth/bearer.ts'
import { instantOf, type Clock } from '../../base/clock.ts'
import type { Fault } from './fault.ts'
import { clientChallenge, oauthErrorHeaders, toOAuthError } from '../../wink/oauth/oauth-error.ts'
import { ApiError, problemOfStatus, toProblem } from '../../base/problems/problems.ts'
import { isTokenPath, uriPathOf } from '../../base/target.ts'

/** The parts of a request that the answer of a fault depends on. */
export interface AnsweredRequest {
  /** Methods that the path allows; empty if the path is unknown. */
  readonly methods: readonly string[]
  /** Scope that the operation requires. */
  readonly scope: WebhookScope
  /** Request target as sent. */
  readonly target: string
  readonly clock: Clock
}

/** The answer of a fault, which replaces the real one. */
export interface ScriptedAnswer {
  readonly status: number
  readonly title: string
  /** Header fields by lower-case name, including `content-type` if there is a body. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** One sentence for the log. */
  readonly message: string
}

type Status = NonNullable<FaultEffect['status']>

/** The header field that an answer with this status must have (CONTRACT §4). */
const requiredHeaders: Partial<Record<Status, (request: AnsweredRequest) => [string, string]>> = {
  401: () => ['www-authenticate', invalidTokenChallenge('The token was refused.')],
  403: ({ scope }) => ['www-authenticate', insufficientScopeChallenge(scope)],
  405: ({ methods }) => ['allow', methods.join(', ')],
}

interface Rendered {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Builds the header fields and the body of each preset. */
const presets: Record<FaultBody, (error: ApiError, request: AnsweredRequest) => Rendered> = {
  problem: (error, { target }) =>
    isTokenPath(target)
      ? rendered(oauthErrorHeaders(error), 'application/json', JSON.stringify(toOAuthError(error)))
      : rendered(
          error.headers,
          'application/problem+json',
          JSON.stringify(toProblem(error, target)),
        ),
  'spring-security': ({ headers }) => ({
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => name === 'www-authenticate'),
    ),
    body: '',
  }),
  'boot-error': (error, { target, clock }) =>
    rendered(
      error.headers,
      'application/json',
      JSON.stringify({
        timestamp: instantOf(clock()),
        status: error.status,
        error: error.title,
        path: uriPathOf(target),
      }),
    ),
  'gateway-html': ({ status, title: phrase }) => {
    const title = `${status} ${phrase}`
    return rendered(
      {},
      'text/html',
      `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<hr>gateway\n</body>\n</html>\n`,
    )
  },
  empty: () => ({ headers: {}, body: '' }),
}

const rendered = (
  headers: Readonly<Record<string, string>>,
  contentType: string,
  body: string,
): Rendered => ({ headers: { ...headers, 'content-type': contentType }, body })

/** Builds the answer of a fault. Without a status, as a truncated body may be, it is a 500. */
export function scriptedAnswer(fault: Fault, request: AnsweredRequest): ScriptedAnswer {
  const { status = 500, body = 'problem', detail, retryAfterSeconds } = fault.effect
  const outcome = fault.when === 'before' ? 'not carried out' : 'carried out'
  const sentence = detail ?? `Answered because of "${fault.origin}"; the request was ${outcome}.`
  const required = requiredHeaders[status]?.(request)
  const error = new ApiError(problemOfStatus(status), sentence, {
    headers: required ? Object.fromEntries([required]) : {},
  })
  const preset = presets[body](error, request)
  return {
    status,
    title: error.title,
    headers: {
      ...preset.headers,
      ...(status === 401 && isTokenPath(request.target) && clientChallenge),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...fault.headers,
    },
    body: preset.body,
    message: sentence,
  }
}
