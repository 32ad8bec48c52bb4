import type { Exchange, Outcome, RequestFacts } from './exchange.ts'
import { shared, sharedList } from './intern.ts'

/** An exchange in the journal. */
export interface Entry extends Exchange {
  /** Number of the exchange, counted from the start. */
  readonly number: number
  /** Bytes of memory that it takes, roughly. */
  readonly bytes: number
}

/** Bytes of an entry beside its texts, of a text beside its characters, and of a fault. */
const entryOverhead = 1_024
const textOverhead = 24
const faultBytes = 192

/**
 * An entry that keeps the texts once that are equal to those of another. The garbage collector moves what
 * the journal holds, so that an entry of many texts would take more time than all else about it.
 */
export function entryOf(
  facts: RequestFacts,
  { id, timeMs, status, durationMs, refusal, createdWebhookId }: Outcome,
  number: number,
  other: Entry | undefined,
): Entry {
  const { method, path, operation, rawHeaders, body, faults } = facts
  // The path names the managing entity.
  const { managingEntityIdentifier } = other?.path === path ? other : facts
  return {
    id,
    timeMs,
    method,
    path: shared(path, other?.path ?? null),
    operation,
    managingEntityIdentifier,
    rawHeaders: sharedList(rawHeaders, other?.rawHeaders ?? []),
    body,
    faults,
    status,
    durationMs,
    refusal,
    createdWebhookId,
    number,
    bytes: sizeOf(facts, refusal),
  }
}

/** A body that still arrives counts as the most that will be kept of it. */
function sizeOf(
  { path, managingEntityIdentifier, rawHeaders, body, faults }: RequestFacts,
  refusal: Outcome['refusal'],
): number {
  let size = entryOverhead + (body?.keptBytes ?? 0) + faults.length * faultBytes
  size += sizeOfText(path) + sizeOfText(managingEntityIdentifier) + sizeOfText(refusal?.message)
  for (const text of rawHeaders) size += sizeOfText(text)
  for (const { pointer, detail } of refusal?.violations ?? []) {
    size += sizeOfText(pointer) + sizeOfText(detail)
  }
  return size
}

const sizeOfText = (text: string | null | undefined): number => textOverhead + (text?.length ?? 0)
