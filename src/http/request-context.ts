import { performance } from 'node:perf_hooks'
import type { Refusal } from '../base/problems/problems.ts'
import type { RequestBody } from './request-body.ts'

/**
 * The sandbox's knowledge of one request. Each feature adds its own fields by declaration merging.
 *
 * It is one object because each decoration of a request costs time on every request.
 */
export class RequestContext {
  readonly #startedMs = performance.now()
  /** The body, once a reader or the journal has asked for it. */
  body: RequestBody | null = null
  /** Why the request was refused; null if it was not. */
  refusal: Refusal | null = null
  /** Whether the answer is decided, or that there will be none. A request can fail in the parser and in its handler. */
  isSettled = false

  /** Time since the request arrived, in ms. */
  get elapsedMs(): number {
    return performance.now() - this.#startedMs
  }
}
