import { Readable } from 'node:stream'
import { maxKeptBodyBytes, RequestBody } from './request-body.ts'

/** The content of an answer: its text, its first bytes if it is long, or null if there is none. */
export type AnswerBody = string | RequestBody | null

/** Header fields by lower-case name. */
export type AnswerHeaders = Readonly<Record<string, string | number | string[] | undefined>>

/** An answer as a client gets it. */
export interface Answer {
  readonly status: number
  /** Without the fields that Node.js adds, and perhaps without the length of a text. */
  readonly headers: AnswerHeaders
  readonly body: AnswerBody
}

/** UTF-8 has at most three bytes for a UTF-16 unit. */
const maxKeptLength = Math.floor(maxKeptBodyBytes / 3)

/** The content of an answer. A short text is kept as it is, which costs nothing. */
export function answerBodyOf(payload: string | Buffer | null): AnswerBody {
  if (payload === null) return null
  if (typeof payload === 'string' && payload.length <= maxKeptLength) return payload
  const body = new RequestBody(maxKeptBodyBytes)
  body.take(typeof payload === 'string' ? Buffer.from(payload) : payload)
  body.end()
  return body
}

/**
 * Collects the first bytes of a content that is sent in pieces.
 *
 * @returns the same pieces, to be sent instead
 */
export function collected(pieces: Readable, body: RequestBody): Readable {
  const passed = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of pieces as AsyncIterable<string | Buffer>) {
      const bytes = Buffer.from(piece as Buffer)
      body.take(bytes)
      yield bytes
    }
    body.end()
  }
  const answer = Readable.from(passed(), { objectMode: false, highWaterMark: 1 })
  // While its client reads nothing, it asks for no piece, and would not see the error.
  pieces.once('error', (error) => answer.destroy(error))
  return answer
}
