import type { Fault } from './faults.ts'
import type { Refusal } from './problems.ts'

/** How much of a body the journal keeps, in bytes. */
export const maxKeptBodyBytes = 16 * 1024

/** What the journal keeps of a request's body. */
export class CapturedBody {
  /** Length as far as it has arrived, in bytes. */
  bytes = 0
  /** The first {@link maxKeptBodyBytes} of it, a character a byte: shorter than a buffer, and quicker. */
  kept = ''

  /** The next bytes have arrived. */
  add(chunk: Buffer): void {
    const room = maxKeptBodyBytes - this.bytes
    if (room > 0) this.kept += chunk.toString('latin1', 0, Math.min(room, chunk.length))
    this.bytes += chunk.length
  }
}

/** What was asked; null where the request was not understood that far. */
export interface RequestFacts {
  readonly method: string | null
  readonly path: string | null
  readonly operation: string | null
  readonly managingEntityIdentifier: string | null
  /** Names and values in turn, as they were sent; an injected request may have values that are not there. */
  readonly rawHeaders: readonly (string | undefined)[]
  readonly body: CapturedBody | null
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
