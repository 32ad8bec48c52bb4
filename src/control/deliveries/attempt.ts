import { lookup } from 'node:dns'
import { request as httpRequest, type ClientRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import type { TcpNetConnectOpts } from 'node:net'
import {
  ForbiddenAddressError,
  isForbiddenHost,
  lookupAllowed,
  type LookupAll,
} from './addresses.ts'
import { Answer, closedInAnswer, type AttemptOutcome } from './answer.ts'
import { failureOf, type AttemptFailure } from './failures.ts'

/** The POST of an attempt. */
export interface AttemptRequest {
  readonly url: URL
  /** Header fields, except for `Content-Length` and `Connection`. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** How attempts are made. */
export interface AttemptSettings {
  /** Limit of the whole attempt, from the look-up of the name to the end of the answer, in ms. */
  readonly timeoutMs: number
  /** Accepts any certificate. */
  readonly insecureTls: boolean
  /** Finds the addresses of names. Default: `dns.lookup`. */
  readonly lookup?: LookupAll
}

/** The success of an attempt (CONTRACT §7): a complete answer with a 2xx status. */
export const isSuccess = ({
  status = 0,
  error,
}: Pick<AttemptOutcome, 'status' | 'error'>): boolean =>
  error === undefined && status >= 200 && status <= 299

/**
 * Sends one POST on a connection of its own: no redirect is followed, and no proxy of the environment is used. Never
 * rejects. The connection has ended when the promise is fulfilled.
 *
 * @param signal - cancels the attempt
 */
export function sendAttempt(
  sent: AttemptRequest,
  settings: AttemptSettings,
  signal: AbortSignal,
): Promise<AttemptOutcome> {
  const answer = new Answer()
  return new Promise<AttemptFailure | undefined>((resolve) => {
    if (signal.aborted) {
      resolve(cancelled)
      return
    }
    const request = open(sent, settings)
    const end = (failure?: AttemptFailure): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
      request.destroy()
      resolve(failure)
    }
    const timer = setTimeout(() => {
      end(tooLate(answer, settings.timeoutMs))
    }, settings.timeoutMs)
    const cancel = (): void => {
      end(cancelled)
    }
    signal.addEventListener('abort', cancel)
    request.on('error', (error) => {
      end(answer.endsBefore(error) ? undefined : brokenOff(answer, failureOf(error, sent.url)))
    })
    answer.readFrom(request, end)
    request.end(sent.body)
  })
    .catch((error: unknown) => failureOf(error, sent.url))
    .then((failure) => answer.outcome(failure))
}

const cancelled: AttemptFailure = { failure: 'cancelled', error: 'it was cancelled' }

/** The step that a receiver did not take in time, by how much of its answer came. */
const undone = {
  nothing: 'answer',
  bytes: 'end the head of its answer',
  head: 'end its answer',
}

const tooLate = ({ progress }: Answer, timeoutMs: number): AttemptFailure => ({
  failure: 'timeout',
  error: `it did not ${undone[progress]} within ${durationText(timeoutMs)}`,
})

/** The failure of a connection, of which a part of an answer may have come. */
const brokenOff = ({ progress }: Answer, given: AttemptFailure): AttemptFailure =>
  given.failure === 'closed' && progress !== 'nothing' ? closedInAnswer : given

const durationText = (ms: number): string => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`)

/** @throws TypeError if a header field is invalid */
function open({ url, headers, body }: AttemptRequest, settings: AttemptSettings): ClientRequest {
  if (isForbiddenHost(url.hostname)) throw new ForbiddenAddressError(url.hostname)
  const options: RequestOptions & Pick<TcpNetConnectOpts, 'autoSelectFamily'> = {
    method: 'POST',
    headers: { ...headers, 'content-length': body.length },
    agent: false,
    autoSelectFamily: true,
    lookup: lookupAllowed(settings.lookup ?? lookup),
    // Said explicitly: NODE_TLS_REJECT_UNAUTHORIZED would change the default.
    rejectUnauthorized: !settings.insecureTls,
  }
  return (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options)
}
