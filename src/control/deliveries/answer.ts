import type { ClientRequest, IncomingMessage } from 'node:http'
import type { AttemptFailure, FailureKind } from './failures.ts'

/** Longest part of an answer's body that is read, in bytes. */
export const maxAnswerBytes = 16 * 1024

/** Longest part of an answer's head that is kept, in characters, and in fields. */
const maxHeadLength = 4 * 1024
const maxHeadFields = 50
/** Longest error, in characters: it may name all addresses of a host. */
const maxErrorLength = 256

/** The observations of an attempt. */
export interface AttemptOutcome {
  /** Time from the beginning to the end, in ms. */
  readonly durationMs: number
  /** Time to the first byte of the answer, in ms. Absent if none came. */
  readonly firstByteMs?: number
  /** Absent if no answer came. */
  readonly status?: number
  /** Header fields of the answer, names and values in turn, at most 50 and 4 KiB. Absent if no answer came. */
  readonly headers?: readonly string[]
  /** True if there were more header fields than those that are kept. */
  readonly headersTruncated?: true
  /** The first 16 KiB of the answer's body. Absent if no answer came. */
  readonly body?: Buffer
  /** True if the body was longer than what was read. */
  readonly bodyTruncated?: true
  /** True if bytes came behind the end of the answer. */
  readonly hasExcess?: true
  /** Why there is no complete answer, in words, such as `nobody listens at 127.0.0.1:3000`. */
  readonly error?: string
  /** The kind of `error`. */
  readonly failure?: FailureKind
}

/** The failure of an answer that did not end. */
export const closedInAnswer: AttemptFailure = {
  failure: 'closed',
  error: 'it closed the connection before the end of its answer',
}

/** The part of an answer that has come so far. */
export class Answer {
  readonly #startedMs = performance.now()
  #firstByteMs: number | undefined
  #response: IncomingMessage | undefined
  readonly #chunks: Buffer[] = []
  #bytes = 0
  /** Whether bytes follow the end of the answer. */
  #hasExcess = false

  /** How much of it has come. */
  get progress(): 'nothing' | 'bytes' | 'head' {
    if (this.#response !== undefined) return 'head'
    return this.#firstByteMs === undefined ? 'nothing' : 'bytes'
  }

  readFrom(request: ClientRequest, end: (failure?: AttemptFailure) => void): void {
    request.on('socket', (socket) => {
      socket.once('data', () => (this.#firstByteMs = this.#elapsedMs()))
    })
    request.on('response', (response) => {
      this.#response = response
      response.on('data', (chunk: Buffer) => {
        this.#chunks.push(chunk)
        this.#bytes += chunk.length
        if (this.#bytes > maxAnswerBytes) end()
      })
      response.on('end', () => {
        end()
      })
      response.on('error', () => {
        end(closedInAnswer)
      })
    })
    request.on('upgrade', (response) => {
      this.#response = response
      end()
    })
  }

  /**
   * Tells whether all of it has come before an error of the connection. Takes note of bytes that follow it, such as those
   * of a body, which 204 cannot have.
   */
  endsBefore({ code = '' }: NodeJS.ErrnoException): boolean {
    const isComplete = this.#response?.complete === true
    this.#hasExcess = isComplete && code.startsWith('HPE_')
    return isComplete
  }

  outcome(failure: AttemptFailure | undefined): AttemptOutcome {
    return {
      durationMs: this.#elapsedMs(),
      ...(this.#firstByteMs !== undefined && { firstByteMs: this.#firstByteMs }),
      ...(this.#response && {
        ...headOf(this.#response),
        body: Buffer.concat(this.#chunks).subarray(0, maxAnswerBytes),
        ...(this.#bytes > maxAnswerBytes && { bodyTruncated: true }),
      }),
      ...(this.#hasExcess && { hasExcess: true }),
      ...(failure && { ...failure, error: cut(failure.error, maxErrorLength) }),
    }
  }

  #elapsedMs(): number {
    return Math.round(performance.now() - this.#startedMs)
  }
}

function headOf({
  statusCode: status = 0,
  rawHeaders,
}: IncomingMessage): Pick<AttemptOutcome, 'status' | 'headers' | 'headersTruncated'> {
  const headers: string[] = []
  let room = maxHeadLength
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2)
    room -= name.length
    if (index >= 2 * maxHeadFields || room < 0) return { status, headers, headersTruncated: true }
    headers.push(name, cut(value, room))
    room -= value.length
    if (room < 0) return { status, headers, headersTruncated: true }
  }
  return { status, headers }
}

/** The beginning of a text, as a copy: V8 keeps the whole of a text while a slice of it is in use. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : Buffer.from(text.slice(0, length)).toString()
