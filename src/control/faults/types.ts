import type { Operation } from '../../wink/types.ts'
import type { FaultMatch } from './match-types.ts'

/** Status of an answer: those that Wink documents, and those of gateways and rate limits. */
export type FaultStatus =
  400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 429 | 431 | 500 | 502 | 503 | 504

/**
 * Format of a body. `problem`: as documented, below /oauth2 an OAuth error. `spring-security`: no body, WWW-Authenticate
 * alone. `boot-error`: the JSON of Spring Boot. `gateway-html`: a page of a gateway. `empty`: no body.
 */
export type FaultBody = 'problem' | 'spring-security' | 'boot-error' | 'gateway-html' | 'empty'

/**
 * How a connection breaks. `connection-reset`: TCP RST. `empty-response`: closed without a byte. `truncated-body`: closed
 * amid the body. `no-response`: held until the client gives up.
 */
export type ConnectionFault =
  'connection-reset' | 'empty-response' | 'truncated-body' | 'no-response'

/** All members of an effect. {@link FaultEffect} says which go together. */
export interface FaultEffectMembers {
  /** Status of the answer. Default: none is scripted. */
  readonly status?: FaultStatus
  /** `detail` of the problem that is answered, at least 1 character. Default: a sentence that names the fault. */
  readonly detail?: string
  /** `Retry-After` of the answer, in seconds, 0 to 86,400. Default: 1 with status 503, else none. */
  readonly retryAfterSeconds?: number
  /** Format of the body of the answer. Default: `problem`. */
  readonly body?: FaultBody
  /** How the connection breaks, instead of an answer or amid it. Default: it does not. */
  readonly connection?: ConnectionFault
  /** Delay before anything else happens, in ms, 0 to 600,000. Default: 0. */
  readonly delayMs?: number
  /** Shortest random delay, in ms, 0 to 600,000; goes with `maxMs`. Default: no random delay. */
  readonly minMs?: number
  /** Longest random delay, in ms, from `minMs` to 600,000. Default: no random delay. */
  readonly maxMs?: number
}

/** An answer with problem details. */
export interface ProblemAnswer extends FaultEffectMembers {
  /** Status of the answer. */
  readonly status: FaultStatus
  /** Format of the body of the answer. Default: `problem`. */
  readonly body?: 'problem'
  /** `truncated-body`: the connection is closed amid the body. Default: it is not. */
  readonly connection?: 'truncated-body'
}

/** An answer with any text in its body. Only problem details have a `detail`. */
export interface TextAnswer extends FaultEffectMembers {
  /** Status of the answer. */
  readonly status: FaultStatus
  /** Format of the body of the answer. Default: `problem`. */
  readonly body?: 'problem' | 'boot-error' | 'gateway-html'
  readonly detail?: never
  /** `truncated-body`: the connection is closed amid the body. Default: it is not. */
  readonly connection?: 'truncated-body'
}

/** An answer whose body may be empty, which cannot be truncated. */
export interface WholeAnswer extends FaultEffectMembers {
  /** Status of the answer. */
  readonly status: FaultStatus
  /** Format of the body of the answer. Default: `problem`. */
  readonly body?: 'problem' | 'boot-error' | 'gateway-html' | 'empty'
  readonly detail?: never
  readonly connection?: never
}

/** An answer whose body may be that of Spring Security, which has status 401 or 403. */
export interface AuthenticationAnswer extends FaultEffectMembers {
  /** Status of the answer. */
  readonly status: 401 | 403
  /** Format of the body of the answer. Default: `problem`. */
  readonly body?: FaultBody
  readonly detail?: never
  readonly connection?: never
}

/** No scripted answer: the connection breaks, or there is only a delay. */
export interface NoAnswer extends FaultEffectMembers {
  readonly status?: never
  readonly detail?: never
  readonly retryAfterSeconds?: never
  readonly body?: never
}

/** A broken connection without a scripted answer. */
export interface BrokenConnection extends NoAnswer {
  /** How the connection breaks. */
  readonly connection: ConnectionFault
}

/** A delay of a fixed time, or none. */
export interface FixedDelay extends FaultEffectMembers {
  readonly minMs?: never
  readonly maxMs?: never
}

/** A delay of a fixed time. */
export interface RequiredDelay extends FixedDelay {
  /** Delay before anything else happens, in ms, 0 to 600,000. */
  readonly delayMs: number
}

/** A delay of a random time. */
export interface RandomDelay extends FaultEffectMembers {
  readonly delayMs?: never
  /** Shortest random delay, in ms, 0 to 600,000. */
  readonly minMs: number
  /** Longest random delay, in ms, from `minMs` to 600,000. */
  readonly maxMs: number
}

/**
 * The effect of a fault: an answer, a broken connection, a delay, or a delay and one of these. `truncated-body` is the one
 * broken connection that goes with a status.
 */
export type FaultEffect =
  | ((ProblemAnswer | TextAnswer | WholeAnswer | AuthenticationAnswer | BrokenConnection) &
      (FixedDelay | RandomDelay))
  | (NoAnswer & (RequiredDelay | RandomDelay))

/** When a fault acts: `before` (instead of the operation), or `after-commit` (in place of the answer of one that was carried out). */
export type FaultMoment = 'before' | 'after-commit'

/** A rule that a test arms. */
export interface FaultRule {
  /** Selects the requests that it acts on. Default: every request below /api and /oauth2. */
  readonly match?: FaultMatch
  /** How often it acts, from 1; null: until it is removed. Default: 1. */
  readonly times?: number | null
  /** How many matching requests pass first. Default: 0. */
  readonly skip?: number
  /** Share of the matching requests on which it acts, 0 to 1. Default: 1. */
  readonly probability?: number
  /** Whole number from 0 that makes `probability` and the random delay the same in every run. Default: the sandbox's `seed`. */
  readonly seed?: number
  /** Its effect. */
  readonly effect: FaultEffect
  /** Whether it acts instead of the operation or after its commit. Default: `before`. */
  readonly when?: FaultMoment
}

/** An armed rule, with its defaults filled in and its counters. */
export interface ArmedFault {
  /** UUID of the rule. */
  id: string
  /** The requests that it acts on. */
  match: {
    /** Identifier of the managing entity in the path. Absent if the rule is about all. */
    managingEntityIdentifier?: string
    /** Method of the request. Absent if the rule is about all. */
    method?: string
    /** Operation of the imitated API. Absent if the rule is about all. */
    operation?: Operation
    /** Present if the rule is about one token, which is not shown. */
    token?: '[masked]'
  }
  /** How often it acts; null: until it is removed. */
  times: number | null
  /** How many matching requests pass first. */
  skip: number
  /** Share of the matching requests on which it acts, 0 to 1. */
  probability: number
  /** Makes `probability` and the random delay the same in every run. Absent if none was given. */
  seed?: number
  /** Its effect. */
  effect: FaultEffect
  /** Whether it acts instead of the operation or after its commit. */
  when: FaultMoment
  /** How many requests matched while it was not used up. */
  matched: number
  /** On how many requests it acted. */
  acted: number
  /** How often it still acts; 0: used up, null: without limit. */
  remaining: number | null
}
