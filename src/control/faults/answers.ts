import type { FaultBody, FaultEffect } from './schema.ts'
import type { Scope } from '../../wink/auth/scopes.ts'
import { insufficientScopeChallenge, invalidTokenChallenge } from '../../wink/auth/bearer.ts'
import { instantOf, type Clock } from '../../base/clock.ts'
import type { Fault } from './fault.ts'
import { clientChallenge, oauthErrorHeaders, toOAuthError } from '../../wink/oauth/oauth-error.ts'
import { ApiError, problemOfStatus, toProblem } from '../../base/problems/problems.ts'
import { isTokenPath, uriPathOf } from '../../base/target.ts'

/** The request that a fault answers, as far as the answer depends on it. */
export interface FaultedExchange {
  /** Methods that the path allows; none where the path is unknown. */
  readonly methods: readonly string[]
  /** Scope that the operation asks for. */
  readonly scope: Scope
  /** The request target as it was sent. */
  readonly target: string
  readonly clock: Clock
}

/** An answer that a fault gives in place of the true one. */
export interface ScriptedAnswer {
  readonly status: number
  readonly title: string
  /** Header fields by lower-case name, `content-type` among them where there is a body. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** One sentence for the log. */
  readonly message: string
}

type Status = NonNullable<FaultEffect['status']>

/** Header fields of scripted problems that depend on the request (CONTRACT §4). */
const exchangeHeaders: Partial<Record<Status, (exchange: FaultedExchange) => [string, string]>> = {
  401: () => ['www-authenticate', invalidTokenChallenge('The token was refused.')],
  403: ({ scope }) => ['www-authenticate', insufficientScopeChallenge(scope)],
  405: ({ methods }) => ['allow', methods.join(', ')],
}

interface Rendered {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What each preset keeps of a problem: some or none of its header fields, and a body of its own. */
const presets: Record<FaultBody, (error: ApiError, exchange: FaultedExchange) => Rendered> = {
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

/** What a fault answers; a body that is to be truncated has no status of its own and is a 500. */
export function scriptedAnswer(fault: Fault, exchange: FaultedExchange): ScriptedAnswer {
  const { status = 500, body = 'problem', detail, retryAfterSeconds } = fault.effect
  const outcome = fault.when === 'before' ? 'not carried out' : 'carried out'
  const sentence = detail ?? `Answered because of "${fault.origin}"; the request was ${outcome}.`
  const own = exchangeHeaders[status]?.(exchange)
  const error = new ApiError(problemOfStatus(status), sentence, {
    headers: own ? Object.fromEntries([own]) : {},
  })
  const preset = presets[body](error, exchange)
  return {
    status,
    title: error.title,
    headers: {
      ...preset.headers,
      ...(status === 401 && isTokenPath(exchange.target) && clientChallenge),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
      ...fault.headers,
    },
    body: preset.body,
    message: sentence,
  }
}
