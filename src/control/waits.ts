import { ApiError } from '../base/problems/problems.ts'
import type { WaitSignal } from './journal/types.ts'

/** Maximum number of concurrent waits. */
const maxWaits = 1_000

/** What a wait waits for, and how long. */
export interface WaitFor {
  /**
   * Begins to watch.
   *
   * @param met - to be called when there is enough
   * @returns a function that stops watching
   */
  readonly watch: (met: () => void) => () => void
  readonly timeoutMs: number
  /** Cancels the wait. */
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
   * @throws ApiError `request-timeout` if the signal cancels the wait, `service-unavailable` if the sandbox closes,
   *   `conflict` if too many waits are under way
   */
  async until({ watch, timeoutMs, signal }: WaitFor): Promise<boolean> {
    if (this.#isClosed) throw shuttingDown()
    if (this.#ends.size >= maxWaits) {
      throw new ApiError('conflict', `${maxWaits} waits are under way; end some of them.`)
    }
    let tidy!: () => void
    try {
      return await new Promise<boolean>((resolve, reject) => {
        const endWatching = watch(() => {
          resolve(true)
        })
        const timer = setTimeout(resolve, timeoutMs, false)
        const cancel = (): void => {
          reject(new ApiError('request-timeout', 'The wait was given up.'))
        }
        if (signal?.aborted) cancel()
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

  /** Ends all waits; later ones fail. */
  close(): void {
    this.#isClosed = true
    for (const end of this.#ends) end(shuttingDown())
  }
}

const shuttingDown = (): ApiError =>
  new ApiError('service-unavailable', 'The sandbox is shutting down; start it again.')
