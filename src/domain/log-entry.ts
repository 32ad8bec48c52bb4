import { pathOf } from './request-target.ts'

/** What is known of an exchange when it is logged. */
export interface LoggedExchange {
  readonly method: string | undefined
  readonly target: string | undefined
  /** Null where there was no answer. */
  readonly status: number | null
  readonly ms: number
  /** Detail of the problem that was answered, if it was one. */
  readonly detail: string | undefined
}

/** The log line of an exchange, without its query and its header fields, which may hold a token. */
export function logEntryOf({ method, target = '', status, ms, detail }: LoggedExchange): object {
  return {
    method,
    path: pathOf(target),
    status,
    ms: Math.round(ms * 1000) / 1000,
    ...(detail !== undefined && { detail }),
  }
}
