import type { JournaledRequest } from '../../control/journal/types.ts'

/** A request as the list shows it. The details are asked for when it is opened. */
export interface RequestRow {
  readonly id: string
  readonly time: string
  readonly method: string
  readonly path: string
  readonly operation: string
  readonly entity: string
  readonly status: number | null
  readonly durationMs: number
  /** Whether a fault acted. */
  readonly isFaulted: boolean
  /** The rule that the request broke; empty if it broke none. */
  readonly rule: string
  /** All that the filter `text` looks at, in lower case. */
  readonly text: string
}

/** Characters of a body that the filter `text` looks at, so that 10,000 requests stay small. */
const maxSearchedBody = 2_000

/** The row of a request. */
export function requestRow(request: JournaledRequest): RequestRow {
  const { id, time, method, path, operation, status, body, diagnosis, durationMs } = request
  const entity = request.managingEntityIdentifier ?? ''
  const { refusedBy } = diagnosis
  const searched = [id, time, method, path, operation, status, refusedBy?.rule, refusedBy?.detail]
  return {
    id,
    time,
    method: method ?? '',
    path: path ?? '',
    operation: operation ?? '',
    entity,
    status,
    durationMs,
    isFaulted: request.faults.length > 0,
    rule: refusedBy?.rule ?? '',
    text: [...searched, ...diagnosis.hints, body?.slice(0, maxSearchedBody)]
      .join('\n')
      .toLowerCase(),
  }
}

/** Selects rows. An absent member selects all. */
export interface RowFilter {
  /** A status or its class, such as `4xx`; `none`: no answer. */
  readonly status?: string
  readonly operation?: string
  /** The beginning of a managing entity's identifier. */
  readonly entity?: string
  readonly text?: string
}

/** Gives a function that tells whether a filter selects a row. */
export function matcherOf({
  status = '',
  operation = '',
  entity = '',
  text = '',
}: RowFilter): (row: RequestRow) => boolean {
  const wanted = text.trim().toLowerCase()
  const owner = entity.trim().toLowerCase()
  return (row) =>
    (!status || isOfClass(String(row.status ?? 'none'), status)) &&
    (!operation || row.operation === operation) &&
    row.entity.toLowerCase().startsWith(owner) &&
    row.text.includes(wanted)
}

/** True for the same status, or one of the class: `4xx` has 409. */
const isOfClass = (status: string, wanted: string): boolean =>
  status === wanted || (wanted.endsWith('xx') && status.startsWith(wanted.charAt(0)))

/** A path for a narrow column: its UUIDs are cut to their first digits, and the prefix of all webhook paths to a mark. */
export const shortPath = (path: string): string =>
  path
    .replace(/([\da-f]{8})-(?:[\da-f]{4}-){3}[\da-f]{12}/gi, '$1…')
    .replace(/^\/api\/managing-entity\//, '…/')
