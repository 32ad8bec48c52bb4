import { isSameEntity } from '../../wink/webhooks/entity.ts'
import type { RequestContext } from '../../http/request-context.ts'

/** Why a request is no longer held: its time is up, its client gave up, the sandbox was reset, or it closes. */
export type HoldEnd = 'time' | 'gone' | 'reset' | 'closing'

/** A request that a fault delays, or leaves without an answer. */
export interface HeldRequest {
  readonly managingEntityIdentifier: string | undefined
  readonly context: RequestContext
  /** Takes it from the {@link HeldRequests}, and lets it go on. */
  readonly end: (why: HoldEnd) => void
}

/** The requests that wait. */
export class HeldRequests {
  readonly #held = new Set<HeldRequest>()

  get size(): number {
    return this.#held.size
  }

  add(request: HeldRequest): void {
    this.#held.add(request)
  }

  delete(request: HeldRequest): void {
    this.#held.delete(request)
  }

  /** The server closes: all of them go on. */
  close(): void {
    for (const { end } of this.#held) end('closing')
  }

  /**
   * Ends those of a managing entity, or all of them, as the sandbox is reset.
   *
   * @param isForgotten - whether the journal is reset too, and so is not to have them
   */
  reset(managingEntityIdentifier: string | undefined, isForgotten: boolean): void {
    for (const held of this.#held) {
      if (!isOf(held, managingEntityIdentifier)) continue
      if (isForgotten) held.context.isRecorded = true
      held.end('reset')
    }
  }
}

const isOf = (
  { managingEntityIdentifier: entity }: HeldRequest,
  managingEntityIdentifier: string | undefined,
): boolean =>
  managingEntityIdentifier === undefined ||
  (entity !== undefined && isSameEntity(entity, managingEntityIdentifier))
