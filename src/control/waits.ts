import { ApiError, shuttingDown } from '../base/problems/problems.ts'
import { requireSignal } from '../base/signal.ts'
import type { WaitSignal } from '../base/signal.ts'

/** Time limit of a wait that names none, in ms: Jest and vitest end a test after 5 s, and would hide the error of a wait. */
export const defaultWaitMs = 4_000

/** Longest filter in the message of a wait, in characters. */
const maxFilterLength = 160

/** Maximum number of concurrent waits. */
const maxWaits = 1_000

/** The condition of a wait, and its limits. */
export interface WaitFor {
  /**
   * Begins to watch.
   *
   * @param met - to be called when there is enough
   * @returns a function that stops watching
   */
  readonly watch: (met: () => void) => () => void
  readonly timeoutMs: number
  /** Cancels the wait, which then rejects with the reason of the signal, as `fetch` does. */
  readonly signal: WaitSignal | undefined
}

/** The waits of a sandbox, for requests and for deliveries: they share a limit, and end when the sandbox closes. */
export class Waits {
  readonly #ends = new Set<(error: ApiError) => void>()
  #isClosed = false

  /**
   * Waits in real time.
   *
   * @returns false if the time was up first
   * @throws ApiError `service-unavailable` if the sandbox closes, `conflict` if too many waits are under way; the reason of
   *   the signal if it cancels the wait
   */
  async until({ watch, timeoutMs, signal }: WaitFor): Promise<boolean> {
    this.requireRoom(signal)
    let tidy!: () => void
    try {
      return await new Promise<boolean>((resolve, reject) => {
        const endWatching = watch(() => {
          resolve(true)
        })
        const timer = setTimeout(resolve, timeoutMs, false)
        const cancel = (): void => {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', cancel)
        this.#ends.add(reject)
        tidy = () => {
          clearTimeout(timer)
          endWatching()
          this.#ends.delete(reject)
          signal?.removeEventListener('abort', cancel)
        }
      })
    } finally {
      tidy()
    }
  }

  /**
   * Checks that a wait can begin.
   *
   * @throws as `until` does
   */
  requireRoom(signal: WaitSignal | undefined): void {
    if (this.#isClosed) throw shuttingDown()
    requireSignal(signal)
    if (this.#ends.size < maxWaits) return
    throw new ApiError('conflict', `${maxWaits} waits are under way; end some of them.`)
  }

  /** Ends all waits; later ones fail. */
  close(): void {
    this.#isClosed = true
    for (const end of this.#ends) end(shuttingDown())
  }
}

/** The beginning of the message of a wait whose time is up, such as `0 of 1 requests {"status":201} came within 300 ms`. */
export function tooFewCame(
  things: 'requests' | 'deliveries',
  filter: object,
  { seen, count, timeoutMs }: { seen: number; count: number; timeoutMs: number },
): string {
  const text = JSON.stringify(filter)
  const wanted = text === '{}' ? '' : ` ${text.slice(0, maxFilterLength)}`
  return `${seen} of ${count} ${things}${wanted} came within ${timeoutMs} ms`
}
