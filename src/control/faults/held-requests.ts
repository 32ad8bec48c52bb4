import type { FastifyRequest } from 'fastify'
import { ApiError } from '../../base/problems/problems.ts'
import { collectBody } from '../../http/incoming-request.ts'
import type { RequestContext } from '../../http/request-context.ts'
import { isSameEntity, managingEntityOf } from '../../wink/managing-entity.ts'

/** How many requests may be held at a time. */
const maxHeld = 1_000

/** Why a request is no longer held: its time is up, its client gave up, the sandbox was reset, or it closes. */
export type HoldEnd = 'time' | 'gone' | 'reset' | 'closing'

interface HeldRequest {
  readonly managingEntityIdentifier: string | undefined
  readonly context: RequestContext
  readonly end: (why: HoldEnd) => void
}

/** The requests that faults delay, or leave without an answer. */
export class HeldRequests {
  readonly #held = new Set<HeldRequest>()
  #isClosing = false

  /**
   * Waits before a request goes on.
   *
   * @param ms - how long; without it, until the client gives up, the sandbox is reset, or the server closes
   * @throws ApiError `service-unavailable` if too many requests are held
   */
  async hold(request: FastifyRequest, ms?: number): Promise<HoldEnd> {
    const { socket } = request.raw
    if (this.#isClosing) return 'closing'
    if (this.#held.size >= maxHeld) {
      throw new ApiError('service-unavailable', `${maxHeld} requests are held already; end some.`)
    }
    // Behind a body that nobody reads it is not seen that the client gives up, and its time limit goes on.
    collectBody(request, request.routeOptions.bodyLimit)
    return new Promise<HoldEnd>((resolve) => {
      const end = (why: HoldEnd): void => {
        clearTimeout(timer)
        socket.off('close', gone)
        this.#held.delete(held)
        resolve(why)
      }
      const gone = (): void => {
        end('gone')
      }
      const held: HeldRequest = {
        managingEntityIdentifier: managingEntityOf(request),
        context: request.context,
        end,
      }
      const timer = ms === undefined ? undefined : setTimeout(end, ms, 'time')
      socket.once('close', gone)
      this.#held.add(held)
    })
  }

  /** Lets all requests go on: the server closes. */
  close(): void {
    this.#isClosing = true
    for (const { end } of this.#held) end('closing')
  }

  /**
   * Ends the requests of a managing entity, or all of them: the sandbox is reset.
   *
   * @param isForgotten - whether the journal is reset too, and is not to record them
   */
  reset(managingEntityIdentifier: string | undefined, isForgotten: boolean): void {
    for (const held of this.#held) {
      if (!isOf(held, managingEntityIdentifier)) continue
      if (isForgotten) held.context.isSettled = true
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
