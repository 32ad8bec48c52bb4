import { ApiError } from '../base/problems/problems.ts'
import { UnreachableError } from '../client/http.ts'
import { failureOf, type FailureKind } from '../control/deliveries/failures.ts'
import { ConfigError } from './config-error.ts'

/** No sandbox answers, or it refuses. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError'
  readonly exitCode = 1
}

const another =
  'start one with wink-webhook-mock, or name another with --url, --port-file or --port'

/** Remedies for failures of a connection. Others are remedied by {@link another}. */
const remedies: Partial<Record<FailureKind, string>> = {
  closed: 'if it speaks https, give its certificate with --tls-cert',
  tls: 'give its certificate with --tls-cert, or name another with --url',
}

/**
 * The error of a request to a sandbox, with the address, the cause and a remedy.
 *
 * @param url - base URL of the sandbox
 */
export function sandboxErrorOf(thrown: unknown, url: string): Error {
  if (thrown instanceof SandboxError || thrown instanceof ConfigError) return thrown
  if (thrown instanceof ApiError) return refusalOf(thrown, url)
  const error = thrown instanceof UnreachableError ? thrown.cause : thrown
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) {
    return new SandboxError(`no sandbox answers at ${url}: ${message}; ${another}`)
  }
  const { failure, error: cause } = failureOf(error, new URL(url))
  return new SandboxError(`no sandbox answers at ${url}: ${cause}; ${remedies[failure] ?? another}`)
}

function refusalOf({ problem, message }: ApiError, url: string): Error {
  return new SandboxError(
    problem === 'unauthorized'
      ? `the sandbox at ${url} takes no request without its admin token: give it with --admin-token or WINK_MOCK_ADMIN_TOKEN`
      : `${url}: ${message}`,
  )
}
