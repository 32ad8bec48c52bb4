import { ApiError } from './problems/problems.ts'

/** Ends a wait: an `AbortSignal`, of Node.js or of a browser. */
export interface WaitSignal {
  /** Whether the wait was ended before it began. */
  readonly aborted: boolean
  /** The error that a cancelled wait rejects with. Default: `undefined`. */
  readonly reason?: unknown
  /** Adds a listener. */
  addEventListener(type: 'abort', listener: () => void): void
  /** Removes a listener. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * Checks the signal of a call before the call has done anything.
 *
 * @throws ApiError `bad-request` if it is no signal; its reason if it is aborted
 */
export function requireSignal(signal: WaitSignal | null | undefined): void {
  if (signal === undefined || signal === null) return
  const { aborted, addEventListener, removeEventListener } = Object(signal) as Partial<WaitSignal>
  const isSignal = [addEventListener, removeEventListener].every((one) => typeof one === 'function')
  if (!isSignal || typeof aborted !== 'boolean') {
    const detail = 'must be an AbortSignal'
    throw new ApiError('bad-request', `The signal breaks 1 rule: # ${detail}.`, {
      violations: [{ pointer: '#', detail }],
    })
  }
  if (aborted) throw signal.reason
}
