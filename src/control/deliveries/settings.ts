import { Type } from '@sinclair/typebox'
import { Check } from '@sinclair/typebox/value'
import { inspect } from 'node:util'
import { requireWholeNumber } from '../../base/options.ts'
import { blankAtEnd } from '../../base/schema/format-causes.ts'
import { formatted } from '../../base/schema/formats.ts'
import { deliverToFormat, parseDeliverTo } from './destination.ts'

/** The receiver of events: a base URL, or `event-url`. */
export const DeliverTo = formatted('WinkMockDeliverTo', deliverToFormat, {
  description: 'Where events go: a base URL, or `event-url` for the registered URL itself.',
})

/** Longest pause between two attempts, in ms, and their greatest number. */
const maxRetryDelayMs = 600_000
const maxRetries = 10

/** Pauses between the attempts of a delivery, in ms. */
export const RetryDelays = Type.Array(Type.Integer({ minimum: 0, maximum: maxRetryDelayMs }), {
  maxItems: maxRetries,
  description: 'Pauses before the second attempt and each further one, in ms; none: one attempt.',
})

/** The same as a text: numbers with commas between them. */
export const RetryDelaysText = formatted('WinkMockRetryDelays', {
  test: (text) => /^(?:|none|[\d,]{1,100})$/.test(text) && Check(RetryDelays, retryDelaysOf(text)),
  expected: `at most ${maxRetries} whole numbers from 0 to ${maxRetryDelayMs} with commas between them, such as 100,500,2000, or none`,
  causes: [blankAtEnd],
})

/** @param text - in the form of {@link RetryDelaysText} */
export const retryDelaysOf = (text: string): number[] =>
  text === '' || text === 'none' ? [] : text.split(',').map(delayOf)

/** A number between two commas, which is missing there if it is empty. */
const delayOf = (text: string): number => (text === '' ? NaN : Number(text))

/** Options for the delivery of events. All are optional. */
export interface DeliveryOptions {
  /**
   * Receiver of triggered events: a base URL that takes the place of scheme, user info, host and port
   * of the registered URL, or `event-url` for the registered URL itself. Default: none; nothing is sent.
   */
  readonly deliverTo?: string | undefined
  /** How long a receiver may take to the end of its answer, in ms. Default: 10,000. */
  readonly deliveryTimeoutMs?: number
  /** Pauses before the second attempt and each further one, in ms; at most 10. Default: 100, 500, 2,000. */
  readonly retryDelaysMs?: readonly number[]
  /** Whether a receiver's TLS certificate may be any. Default: false. */
  readonly deliveryInsecureTls?: boolean
}

/** The names of {@link DeliveryOptions}. */
export const deliveryOptions: Readonly<Record<keyof DeliveryOptions, true>> = {
  deliverTo: true,
  deliveryTimeoutMs: true,
  retryDelaysMs: true,
  deliveryInsecureTls: true,
}

/** How events are delivered. */
export interface DeliverySettings {
  readonly deliverTo: string | undefined
  readonly timeoutMs: number
  readonly retryDelaysMs: readonly number[]
  readonly insecureTls: boolean
}

export const defaultDeliveryTimeoutMs = 10_000
export const defaultRetryDelaysMs: readonly number[] = [100, 500, 2_000]

/** @throws RangeError if an option makes no sense */
export function requireDeliveryOptions({
  deliverTo,
  deliveryTimeoutMs: timeoutMs = defaultDeliveryTimeoutMs,
  retryDelaysMs = defaultRetryDelaysMs,
  deliveryInsecureTls: insecureTls = false,
}: DeliveryOptions): DeliverySettings {
  requireWholeNumber({ deliveryTimeoutMs: timeoutMs }, 1)
  if (!Check(RetryDelays, retryDelaysMs)) {
    throw new RangeError(
      `retryDelaysMs must be at most ${maxRetries} whole numbers from 0 to ${maxRetryDelayMs}, not ${inspect(retryDelaysMs)}`,
    )
  }
  if (typeof insecureTls !== 'boolean') {
    throw new RangeError(`deliveryInsecureTls must be true or false, not ${inspect(insecureTls)}`)
  }
  return {
    deliverTo: deliverTo === undefined ? undefined : requireDeliverTo(deliverTo),
    timeoutMs,
    retryDelaysMs: [...retryDelaysMs],
    insecureTls,
  }
}

function requireDeliverTo(given: unknown): string {
  const parsed =
    typeof given === 'string'
      ? parseDeliverTo(given)
      : { error: `must be ${deliverToFormat.expected}` }
  if ('deliverTo' in parsed) return parsed.deliverTo
  throw new RangeError(`deliverTo ${parsed.error}`)
}
