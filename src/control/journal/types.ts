import type { Violation } from '../../base/problems/types.ts'
import type { Operation } from '../../wink/types.ts'
import type { FaultEffect, FaultMoment } from '../faults/types.ts'

/** Selects requests in the journal. */
export interface RequestFilter {
  /** Identifier of the managing entity, in either case. Default: all. */
  readonly managingEntityIdentifier?: string
  /** Method of the request, such as `POST`, in either case. Default: all. */
  readonly method?: string
  /** Operation of the imitated API. Default: all, and requests that are none. */
  readonly operation?: Operation
  /** Status that was answered, 100 to 599; null: none was. Default: all. */
  readonly status?: number | null
  /** Path of the request, as sent, without the query. Default: all. */
  readonly path?: string
  /** From this instant on (RFC 3339, with offset), or after the request that has this id. Default: all. */
  readonly since?: string
}

/** Lists requests of the journal. */
export interface RequestList extends RequestFilter {
  /** `asc`: oldest first; `desc`: newest first. Default: `asc`. */
  readonly order?: 'asc' | 'desc'
  /** Maximum number of requests, from the first one in this order, 1 to 1,000,000. Default: all. */
  readonly limit?: number
  /** Ids of requests, at most 10,000; an id that the journal does not hold selects nothing. Default: all requests. */
  readonly ids?: readonly string[]
}

/** Requests to wait for. */
export interface RequestWait extends RequestFilter {
  /** How many of them, 1 to 1,000,000; those that came before count. Default: 1. */
  readonly count?: number
  /** How long to wait for them, in ms, 0 to 600,000. Default: 4,000, less than test runners give a test. */
  readonly timeoutMs?: number
}

/** The rule that a request broke. */
export interface BrokenRule {
  /** Name of the rule, such as `body-schema`. */
  rule: string
  /** The rule in words. */
  requirement: string
  /** The document that has the rule. */
  documentedIn: string
  /** The origin of the rule: doc, wink, ours, or a standard. */
  source: string
  /** The mistake in this request, and its remedy. */
  detail: string
  /** The violations of the body. Absent if the body is not the problem. */
  violations?: Violation[]
}

/** A fault that acted on a request. */
export interface JournaledFault {
  /** Its origin: an armed rule, the header field Prefer, or a managing entity that always fails. */
  source: 'rule' | 'prefer' | 'managing-entity'
  /** UUID of the armed rule. Absent for other sources. */
  id?: string
  /** Its effect. */
  effect: FaultEffect
  /** Whether it acted instead of the operation or after its commit. */
  when: FaultMoment
}

/** The answer to a request. */
export interface JournaledResponse {
  /** Its status. */
  status: number
  /**
   * Header fields by lower-case name, secrets masked; a field that was sent twice is a list. Without those that Node.js
   * adds: `Connection`, `Date`, `Keep-Alive`, `Transfer-Encoding`.
   */
  headers: Record<string, string | string[]>
  /** The first 16 KiB of the body, as UTF-8, secrets masked; null if there is none. */
  body: string | null
  /** Length of the body that was sent, in bytes. */
  bodyBytes: number
}

/** A journaled request with its response and its diagnosis. */
export interface JournaledRequest {
  /** UUID of the request, which the answer has as `X-Wink-Mock-Request-Id`. */
  id: string
  /** When it was answered: date and time in UTC (RFC 3339), by the sandbox's clock. */
  time: string
  /** Method of the request; null if the request is not HTTP. */
  method: string | null
  /** Path as sent, without the query, secrets masked; null if the request is not HTTP. */
  path: string | null
  /** Operation of the imitated API; null if the request is none. */
  operation: string | null
  /** Identifier of the managing entity in the path; null if there is none. */
  managingEntityIdentifier: string | null
  /** Header fields by lower-case name, secrets masked; a field that was sent twice is a list. */
  headers: Record<string, string | string[]>
  /** The first 16 KiB of the body, as UTF-8, secrets masked; null if there is none. */
  body: string | null
  /** Length of the whole body, in bytes. */
  bodyBytes: number
  /** Status that was answered; null if none was. */
  status: number | null
  /** The answer; null if there was none. */
  response: JournaledResponse | null
  /** Time from the arrival of the request to its answer, in ms. */
  durationMs: number
  /** The faults that acted, in order. */
  faults: JournaledFault[]
  /** UUID of the webhook that it created; null if it created none. */
  createdWebhookId: string | null
  /** Why it was refused, and what else is worth knowing. */
  diagnosis: {
    /** The rule that it broke; null if it was not refused. */
    refusedBy: BrokenRule | null
    /** More that is worth knowing, a sentence each. */
    hints: string[]
  }
}
