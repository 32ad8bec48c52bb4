import { performance } from 'node:perf_hooks'
import type { Account } from './bearer.ts'
import type { Fault } from './faults.ts'
import type { Refusal } from './problems.ts'
import type { RequestBody } from './request-body.ts'

/**
 * What becomes of a request, as far as it is known: whoever finds something out writes it down here. One
 * object for all of it, as each decoration of its own costs every request its time.
 */
export class Progress {
  readonly #startedMs = performance.now()
  /** Who is calling. Set on every request that passed authentication. */
  account!: Account
  /** The faults that act on the request, in their order. */
  faults: readonly Fault[] = noFaults
  /** The body, once somebody wants it: who reads it, or the journal. */
  body: RequestBody | null = null
  /** Id of the webhook that the request created; null where it created none. */
  createdWebhookId: string | null = null
  /** Why the request was refused; null where it was not. */
  refusal: Refusal | null = null
  /**
   * Whether it is settled what the request is answered, or that it is not: what fails twice, in the parser
   * and in its handler, is in the journal once.
   */
  isRecorded = false

  /** For how long the request has been here, in ms. */
  get elapsedMs(): number {
    return performance.now() - this.#startedMs
  }
}

const noFaults: readonly Fault[] = []
