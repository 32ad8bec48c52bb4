import type { Fault } from '../faults/fault.ts'
import type { Refusal } from '../../base/problems/problems.ts'
import type { RequestBody } from '../../http/request-body.ts'

/** What was asked; null where the request was not understood that far. */
export interface RequestFacts {
  readonly method: string | null
  readonly path: string | null
  readonly operation: string | null
  readonly managingEntityIdentifier: string | null
  /** Names and values in turn, as they were sent; an injected request may have values that are not there. */
  readonly rawHeaders: readonly (string | undefined)[]
  readonly body: RequestBody | null
  /** The faults that acted on it, in their order. */
  readonly faults: readonly Fault[]
}

/** What came of it. */
export interface Outcome {
  readonly id: string
  /** When it was answered, in milliseconds since 1970-01-01T00:00:00Z by the sandbox's clock. */
  readonly timeMs: number
  /** Null where no answer was sent. */
  readonly status: number | null
  readonly durationMs: number
  readonly refusal: Refusal | null
  readonly createdWebhookId: string | null
}

/** One exchange as the journal keeps it; what is shown of it is worked out when somebody looks. */
export interface Exchange extends RequestFacts, Outcome {}
