import { ApiError } from '../../base/problems/problems.ts'
import type { DeliveryRecord } from './delivery.ts'

/** Number of attempts of one delivery, after which it is not sent again. */
const maxAttempts = 100

/** @throws ApiError `conflict` if a delivery cannot be sent again */
export function requireRepeatable({ state, attempts, content }: DeliveryRecord): void {
  if (state === 'pending') refuse('it is pending; wait until it has ended')
  if (state === 'skipped') refuse('it was skipped; trigger the event again')
  if (attempts.length + 1 + content.retryDelaysMs.length > maxAttempts) {
    refuse(`it has had ${attempts.length} attempts; trigger the event again`)
  }
}

function refuse(why: string): never {
  throw new ApiError('conflict', `The delivery cannot be sent again: ${why}.`)
}
