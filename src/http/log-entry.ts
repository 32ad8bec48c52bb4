import { maskedText } from '../base/masking/text.ts'
import { pathOf } from '../base/target.ts'

/** The facts of an exchange for its log line. Method, target and time are missing if the parser refused it. */
export interface LoggedExchange {
  /** Id of the request in the journal; missing if it is not there. */
  readonly id?: string | undefined
  readonly method?: string | undefined
  readonly target?: string | undefined
  /** Null where there was no answer. */
  readonly status: number | null
  readonly ms?: number | undefined
  /** Detail of the problem that was answered, if it was one. */
  readonly detail: string | undefined
}

/**
 * The log line of an exchange, without its query and its header fields, which may hold a token, and
 * without secrets in its path. Nothing in it begins a new line or controls a terminal.
 */
export function logEntryOf({ id, method, target, status, ms, detail }: LoggedExchange): object {
  return {
    id,
    method: method && printable(method),
    path: target && printable(maskedText(pathOf(target))),
    status,
    ms: ms && Math.round(ms * 1000) / 1000,
    detail: detail && printable(detail),
  }
}

/** Control and format characters, line separators and halves of surrogate pairs as `\u{1b}`. */
export const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${Number(character.codePointAt(0)).toString(16)}}`,
  )
