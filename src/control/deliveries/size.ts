import { sizeOfText } from '../text-size.ts'
import type { Attempt, DeliveryRecord, EventContent } from './delivery.ts'

// The memory of deliveries, in bytes, estimated; and how a delivery takes less.

/** A delivery without its texts, an attempt without its answer, the body of an answer without its bytes. */
const [deliveryOverhead, attemptOverhead, bodyOverhead] = [512, 256, 256]
/** The signature of an attempt. */
const signatureBytes = 256

const sizeOfTexts = (texts: readonly string[]): number =>
  texts.reduce((size, text) => size + sizeOfText(text), 0)

/** The content of an event, which all its deliveries have in common. */
export const sizeOfContent = ({ headers, body }: EventContent): number =>
  bodyOverhead + body.length + sizeOfTexts(Object.entries(headers).flat())

/** The answer of an attempt. */
const sizeOfAnswer = ({ headers, body }: Attempt): number =>
  (headers === undefined ? 0 : sizeOfTexts(headers)) +
  (body === undefined || body.length === 0 ? 0 : bodyOverhead + body.length)

/** The answers of attempts, which a delivery can do without. */
export const sizeOfAnswers = (attempts: readonly Attempt[]): number =>
  attempts.reduce((size, attempt) => size + sizeOfAnswer(attempt), 0)

/** The parts of a delivery that count for the memory that it needs. */
export type Sized = Pick<DeliveryRecord, 'registeredUrl' | 'destination' | 'attempts'>

/**
 * A delivery without its answers, with room for all its attempts.
 *
 * @param content - its event
 * @param isPending - whether further attempts may follow
 */
export function leastSizeOf(
  { registeredUrl, destination, attempts }: Sized,
  { retryDelaysMs, secret }: EventContent,
  isPending: boolean,
): number {
  const number = attempts.length + (isPending ? 1 + retryDelaysMs.length : 0)
  const each = attemptOverhead + (secret === undefined ? 0 : signatureBytes)
  const url = typeof destination === 'string' ? sizeOfText(destination) : 0
  return deliveryOverhead + sizeOfText(registeredUrl) + url + number * each
}

const noBody = Buffer.alloc(0)

/** An attempt without its answer's header fields and body, marked as cut. */
const withoutAnswer = (attempt: Attempt): Attempt =>
  sizeOfAnswer(attempt) === 0
    ? attempt
    : { ...attempt, headers: [], headersTruncated: true, body: noBody, bodyTruncated: true }

/** Takes the answers from the attempts of a delivery but the last one; from that one too if the others have none. */
export function dropAnswers(delivery: DeliveryRecord): void {
  const older = delivery.attempts.slice(0, -1)
  const last = delivery.attempts.slice(-1)
  const kept = sizeOfAnswers(older) > 0 ? last : last.map(withoutAnswer)
  delivery.attempts = [...older.map(withoutAnswer), ...kept]
}

const noContent: EventContent = {
  headers: {},
  body: noBody,
  retryDelaysMs: [],
  secret: undefined,
}

/** Empties a delivery that is no longer kept: who waits for it may hold it for long. */
export function empty(delivery: DeliveryRecord): void {
  delivery.content = noContent
  delivery.isKept = false
  delivery.attempts = delivery.attempts.map(withoutAnswer)
}
