import { ApiError } from './problems/problems.ts'

/** The parts of an `AbortSignal` that a call needs. */
interface Signal {
  readonly aborted: boolean
  readonly reason?: unknown
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/**
 * Checks the signal of a call before the call has done anything.
 *
 * @throws ApiError `bad-request` if it is no signal; its reason if it is aborted
 */
export function requireSignal(signal: Signal | null | undefined): void {
  if (signal === undefined || signal === null) return
  const { aborted, addEventListener, removeEventListener } = Object(signal) as Partial<Signal>
  const isSignal = [addEventListener, removeEventListener].every((one) => typeof one === 'function')
  if (!isSignal || typeof aborted !== 'boolean') {
    const detail = 'must be an AbortSignal'
    throw new ApiError('bad-request', `The signal breaks 1 rule: # ${detail}.`, {
      violations: [{ pointer: '#', detail }],
    })
  }
  if (aborted) throw signal.reason
}
