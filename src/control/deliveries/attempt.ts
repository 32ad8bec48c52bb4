import { lookup } from 'node:dns'
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import type { TcpNetConnectOpts } from 'node:net'
import {
  ForbiddenAddressError,
  isForbiddenHost,
  lookupAllowed,
  type LookupAll,
} from './addresses.ts'
import { failureOf, type AttemptFailure, type FailureKind } from './failures.ts'

/** Longest part of an answer's body that is read, in bytes. */
export const maxAnswerBytes = 16 * 1024

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

/** The observations of an attempt. */
export interface AttemptOutcome {
  /** Time from the beginning to the end, in ms. */
  readonly durationMs: number
  /** Time to the first byte of the answer, in ms. Absent if none came. */
  readonly firstByteMs?: number
  /** Absent if no answer came. */
  readonly status?: number
  /** Header fields of the answer by lower-case name; a field that came twice is a list. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  /** The first 16 KiB of the answer's body. Absent if no answer came. */
  readonly body?: Buffer
  /** True if the body was longer than what was read. */
  readonly bodyTruncated?: true
  /** Why there is no complete answer, in words, such as `nobody listens at 127.0.0.1:3000`. */
  readonly error?: string
  /** The kind of `error`. */
  readonly failure?: FailureKind
}

/** The success of an attempt (CONTRACT §7): a complete answer with a 2xx status. */
export const isSuccess = ({ status = 0, error }: AttemptOutcome): boolean =>
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
      end(failureOf(error, sent.url))
    })
    answer.readFrom(request, end)
    request.end(sent.body)
  })
    .catch((error: unknown) => failureOf(error, sent.url))
    .then((failure) => answer.outcome(failure))
}

const cancelled: AttemptFailure = { failure: 'cancelled', error: 'it was cancelled' }

const tooLate = ({ hasBegun }: Answer, timeoutMs: number): AttemptFailure => ({
  failure: 'timeout',
  error: `it did not ${hasBegun ? 'end its answer' : 'answer'} within ${durationText(timeoutMs)}`,
})

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

/** The part of an answer that has come so far. */
class Answer {
  readonly #startedMs = performance.now()
  #firstByteMs: number | undefined
  #head: Pick<AttemptOutcome, 'status' | 'headers'> | undefined
  readonly #chunks: Buffer[] = []
  #bytes = 0

  get hasBegun(): boolean {
    return this.#head !== undefined
  }

  readFrom(request: ClientRequest, end: (failure?: AttemptFailure) => void): void {
    request.on('socket', (socket) => {
      socket.once('data', () => (this.#firstByteMs = this.#elapsedMs()))
    })
    request.on('response', (response) => {
      this.#head = headOf(response)
      response.on('data', (chunk: Buffer) => {
        this.#chunks.push(chunk)
        this.#bytes += chunk.length
        if (this.#bytes > maxAnswerBytes) end()
      })
      response.on('end', () => {
        end()
      })
      response.on('error', () => {
        end({ failure: 'closed', error: 'it closed the connection before the end of its answer' })
      })
    })
    request.on('upgrade', (response) => {
      this.#head = headOf(response)
      end()
    })
  }

  outcome(failure: AttemptFailure | undefined): AttemptOutcome {
    return {
      durationMs: this.#elapsedMs(),
      ...(this.#firstByteMs !== undefined && { firstByteMs: this.#firstByteMs }),
      ...(this.#head && {
        ...this.#head,
        body: Buffer.concat(this.#chunks).subarray(0, maxAnswerBytes),
        ...(this.#bytes > maxAnswerBytes && { bodyTruncated: true }),
      }),
      ...failure,
    }
  }

  #elapsedMs(): number {
    return Math.round(performance.now() - this.#startedMs)
  }
}

const headOf = ({ statusCode = 0, headers }: IncomingMessage) => ({
  status: statusCode,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value = '']) => [name, value])),
})
