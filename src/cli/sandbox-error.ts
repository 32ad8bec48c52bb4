import { ApiError } from '../base/problems/problems.ts'
import { UnreachableError } from '../client/http.ts'
import { failureOf } from '../control/deliveries/failures.ts'
import { ConfigError } from './config-error.ts'

/** No sandbox answers, or it refuses. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
  readonly exitCode = 1
}

const another =
  'start one with wink-webhook-mock, or name another with --url, --port-file or --port'

/** The settings that a request to a sandbox was made with. */
export interface Given {
  readonly url?: string | undefined
  readonly tlsCert?: string | undefined
  readonly adminToken?: string | undefined
}

/**
 * The error of a request to a sandbox, with the address, the cause and a remedy.
 *
 * @param url - base URL of the sandbox
 */
export function sandboxErrorOf(thrown: unknown, url: string, given: Given): Error {
  if (thrown instanceof SandboxError || thrown instanceof ConfigError) return thrown
  if (thrown instanceof ApiError) return refusalOf(thrown, url, given)
  const error = (
    thrown instanceof UnreachableError ? thrown.cause : thrown
  ) as NodeJS.ErrnoException
  const { code, message } = error
  const [cause, remedy] =
    code === undefined ? [message, another] : connectionFailureOf(error, url, given)
  return new SandboxError(`no sandbox answers at ${url}: ${cause}; ${remedy}`)
}

/** The cause and the remedy of a failed connection. */
function connectionFailureOf(
  error: NodeJS.ErrnoException,
  url: string,
  given: Given,
): readonly [cause: string, remedy: string] {
  const { failure, error: cause } = failureOf(error, new URL(url))
  if (failure === 'closed')
    return [cause, 'if it speaks https, give its certificate with --tls-cert']
  if (failure !== 'tls') return [cause, another]
  const question = '; is it http?'
  if (cause.endsWith(question)) return [cause.replace(question, ''), plainRemedy(url, given)]
  return [cause, certificateRemedy(String(error.code), given)]
}

/** The remedy for https that a sandbox does not speak. */
const plainRemedy = (url: string, given: Given): string =>
  given.url === undefined
    ? 'if it speaks http, leave out --tls-cert (or its variable)'
    : `if it speaks http, name it with ${url.replace(/^https/, 'http')}`

/** The remedy for a certificate that is not trusted. */
function certificateRemedy(code: string, { tlsCert }: Given): string {
  if (tlsCert === undefined) {
    return 'give its certificate with --tls-cert, or name another with --url'
  }
  return code.startsWith('CERT_')
    ? 'start it with a certificate that is valid now'
    : `${tlsCert} is not the certificate of this sandbox`
}

function refusalOf({ problem, message }: ApiError, url: string, { adminToken }: Given): Error {
  if (problem !== 'unauthorized') return new SandboxError(`${url}: ${message}`)
  const remedy = 'with --admin-token or WINK_MOCK_ADMIN_TOKEN'
  return new SandboxError(
    adminToken === undefined
      ? `the sandbox at ${url} takes no request without its admin token: give it ${remedy}`
      : `the token given is not the admin token of the sandbox at ${url}: give that ${remedy}`,
  )
}
