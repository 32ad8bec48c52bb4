import type { Refusal } from '../../base/problems/problems.ts'
import type { Answer, AnswerBody, AnswerHeaders } from '../../http/answer.ts'
import type { RequestBody } from '../../http/request-body.ts'
import type { Fault } from '../faults/fault.ts'
import { sizeOfText } from '../text-size.ts'

/** The request; a field is null if the request could not be parsed that far. */
export type RequestFacts = Pick<
  Entry,
  'method' | 'path' | 'operation' | 'managingEntityIdentifier' | 'rawHeaders' | 'body' | 'faults'
>

/** The response to a request. */
export type Outcome = Pick<
  Entry,
  'id' | 'timeMs' | 'answer' | 'durationMs' | 'refusal' | 'createdWebhookId'
>

/** Estimates in bytes: an entry without its texts, an answer without its body, a fault. */
const entryOverhead = 1_024
const answerOverhead = 384
const faultBytes = 192

/**
 * A request and its response, unmasked; `view.ts` masks and diagnoses it when it is shown.
 *
 * It shares equal texts with the entry recorded before it. Successive requests bring much the same texts; the garbage
 * collector copies whatever the journal keeps, and without sharing that copying would be the largest cost of a record.
 *
 * It is a class because V8 soon allocates a literal of this lifetime among old objects, and these keep what they name
 * alive, evicted or not, until all of the heap is collected. So is {@link KeptAnswer}.
 */
export class Entry {
  readonly id: string
  /** Time of the response by the sandbox's clock, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly timeMs: number
  readonly method: string | null
  readonly path: string | null
  readonly operation: string | null
  readonly managingEntityIdentifier: string | null
  /** Names and values in turn, as sent; values of an injected request can be undefined. */
  readonly rawHeaders: readonly (string | undefined)[]
  readonly body: RequestBody | null
  /** Faults that acted on the request, in order. */
  readonly faults: readonly Fault[]
  /** Null if none was sent. */
  readonly answer: Answer | null
  readonly durationMs: number
  readonly refusal: Refusal | null
  readonly createdWebhookId: string | null
  /** Position in the order of recording, from 1. */
  readonly number: number
  /** Memory that the entry takes, in bytes, estimated. */
  readonly bytes: number

  /** @param previous - the entry recorded before this one */
  constructor(facts: RequestFacts, outcome: Outcome, number: number, previous: Entry | undefined) {
    this.id = outcome.id
    this.timeMs = outcome.timeMs
    this.method = facts.method
    this.path = shared(facts.path, previous?.path ?? null)
    this.operation = facts.operation
    // Equal paths name the same managing entity.
    const { managingEntityIdentifier } = previous?.path === facts.path ? previous : facts
    this.managingEntityIdentifier = managingEntityIdentifier
    this.rawHeaders = sharedList(facts.rawHeaders, previous?.rawHeaders ?? [])
    this.body = facts.body
    this.faults = facts.faults
    this.answer = outcome.answer && new KeptAnswer(outcome.answer, previous?.answer?.headers)
    this.durationMs = outcome.durationMs
    this.refusal = outcome.refusal
    this.createdWebhookId = outcome.createdWebhookId
    this.number = number
    this.bytes = sizeOf(facts, outcome)
  }
}

/** The answer of an entry, which shares equal header fields with the answer before it. */
class KeptAnswer implements Answer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly body: AnswerBody

  constructor({ status, headers, body }: Answer, previous: AnswerHeaders = {}) {
    this.status = status
    this.headers = areIn(previous, headers) && areIn(headers, previous) ? previous : headers
    this.body = body
  }
}

/** Returns `other` if the texts are equal, so that only one of them is kept. */
const shared = <Text extends string | null | undefined>(text: Text, other: Text): Text =>
  text === other ? other : text

/** Shares the whole list with `other` if all texts are equal, otherwise each equal text. */
function sharedList<Text extends string | undefined>(
  list: readonly Text[],
  other: readonly Text[],
): readonly Text[] {
  if (isSame(list, other)) return other
  return list.map((text, index) => shared(text, other[index] as Text))
}

function isSame(list: readonly unknown[], other: readonly unknown[]): boolean {
  if (list.length !== other.length) return false
  for (let index = 0; index < list.length; index += 1) {
    if (list[index] !== other[index]) return false
  }
  return true
}

/** Whether `others` has all of these header fields with the same values. */
function areIn(others: AnswerHeaders, headers: AnswerHeaders): boolean {
  for (const name in headers) {
    if (headers[name] !== others[name]) return false
  }
  return true
}

/** A body that is still arriving counts as the most that will be kept of it. */
function sizeOf(
  { path, managingEntityIdentifier, rawHeaders, body, faults }: RequestFacts,
  { refusal, answer }: Outcome,
): number {
  let size = entryOverhead + (body?.keptBytes ?? 0) + faults.length * faultBytes
  if (answer) size += answerOverhead + sizeOfContent(answer.body)
  size += sizeOfText(path) + sizeOfText(managingEntityIdentifier) + sizeOfText(refusal?.message)
  for (const text of rawHeaders) size += sizeOfText(text)
  for (const { pointer, detail } of refusal?.violations ?? []) {
    size += sizeOfText(pointer) + sizeOfText(detail)
  }
  return size
}

const sizeOfContent = (body: AnswerBody): number =>
  typeof body === 'string' ? sizeOfText(body) : (body?.keptBytes ?? 0)
