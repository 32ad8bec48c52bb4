import type { Refusal } from '../../base/problems/problems.ts'
import type { Answer, AnswerBody } from '../../http/answer.ts'
import type { RequestBody } from '../../http/request-body.ts'
import type { Fault } from '../faults/fault.ts'
import { sizeOfText, textOverhead } from '../text-size.ts'

/** The request; a field is null if the request could not be parsed that far. */
export interface RequestFacts {
  readonly method: string | null
  readonly path: string | null
  readonly operation: string | null
  readonly managingEntityIdentifier: string | null
  /** Names and values in turn, as sent; values of an injected request can be undefined. */
  readonly rawHeaders: readonly (string | undefined)[]
  readonly body: RequestBody | null
  /** Faults that acted on the request, in order. */
  readonly faults: readonly Fault[]
}

/** The response to a request. */
export interface Outcome {
  readonly id: string
  /** Time of the response by the sandbox's clock, in milliseconds since 1970-01-01T00:00:00Z. */
  readonly timeMs: number
  /** Null if none was sent. */
  readonly answer: Answer | null
  readonly durationMs: number
  readonly refusal: Refusal | null
  readonly createdWebhookId: string | null
}

/** A request and its response, unmasked; `view.ts` masks and diagnoses it when it is shown. */
export interface Entry extends RequestFacts, Outcome {
  /** Position in the order of recording, from 1. */
  readonly number: number
  /** Memory that the entry takes, in bytes, estimated. */
  readonly bytes: number
}

/** Estimates in bytes: an entry without its texts, an answer without its body, a fault. */
const entryOverhead = 1_024
const answerOverhead = 384
const faultBytes = 192

/**
 * Builds an entry that shares equal texts with the previous one. Successive requests bring much the same
 * texts; the garbage collector copies whatever the journal keeps, and without sharing that copying would be
 * the largest cost of a record.
 *
 * @param previous - the entry recorded before this one
 */
export function entryOf(
  facts: RequestFacts,
  outcome: Outcome,
  number: number,
  previous: Entry | undefined,
): Entry {
  const { method, path, operation, rawHeaders, body, faults } = facts
  const { id, timeMs, answer, durationMs, refusal, createdWebhookId } = outcome
  // Equal paths name the same managing entity.
  const { managingEntityIdentifier } = previous?.path === path ? previous : facts
  return {
    id,
    timeMs,
    method,
    path: shared(path, previous?.path ?? null),
    operation,
    managingEntityIdentifier,
    rawHeaders: sharedList(rawHeaders, previous?.rawHeaders ?? []),
    body,
    faults,
    answer,
    durationMs,
    refusal,
    createdWebhookId,
    number,
    bytes: sizeOf(facts, outcome),
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

/** V8 keeps a text in one byte or two bytes a character; its UTF-8 is nearly as long, and can be measured. */
const sizeOfContent = (body: AnswerBody): number =>
  typeof body === 'string' ? textOverhead + Buffer.byteLength(body) : (body?.keptBytes ?? 0)
