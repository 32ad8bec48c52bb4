import { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { RequestContext } from './request-context.ts'
import { RequestBody } from './request-body.ts'

/**
 * A request whose body can be taken as the parser reads it. As a stream it would take a fifth of all that a
 * request costs: for two events, its machinery has four tasks run later and a dozen of its functions.
 */
export class IncomingRequest extends IncomingMessage {
  #body: RequestBody | undefined

  /**
   * Gives the body to `body` instead of the stream, which then has only the events `error` and `close`.
   *
   * @returns whether it does so; it does not where some of the body has arrived already
   */
  handOver(body: RequestBody): boolean {
    if (this.complete || this.readableLength > 0) return false
    this.#body = body
    // Node.js reads on to the end, and drops, what nobody has begun to read when the answer is sent.
    this.read(0)
    return true
  }

  /** The parser gives the next bytes; null behind the last ones. */
  override push(chunk: Buffer | null): boolean {
    if (this.#body === undefined) return super.push(chunk)
    if (chunk === null) this.#body.end()
    else this.#body.take(chunk)
    return true
  }
}

/**
 * The body of a request, collected from here on unless it is already: once for all who want it.
 *
 * @param limit - most bytes that are held of it
 */
export function collectBody(
  { raw, context }: { readonly raw: Readable; readonly context: RequestContext },
  limit: number,
): RequestBody {
  if (context.body) return context.body
  const body = new RequestBody(limit)
  context.body = body
  raw.on('error', (error) => {
    body.fail(error)
  })
  const isHandedOver = raw instanceof IncomingRequest && raw.handOver(body)
  if (!isHandedOver) {
    raw
      .on('data', (chunk: Buffer) => {
        body.take(chunk)
      })
      .on('end', () => {
        body.end()
      })
  }
  return body
}
