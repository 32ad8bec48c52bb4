import { STATUS_CODES } from 'node:http'
import type { JournaledRequest } from '../types.ts'

/** False for what is not HTTP: nobody can send it again. */
export const isHttp = ({ method, path }: Pick<JournaledRequest, 'method' | 'path'>): boolean =>
  method !== null && path !== null

/** Names and values of header fields. */
export const fieldsOf = (headers: JournaledRequest['headers']): [string, string][] =>
  Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )

/** The reason phrase of a status; empty for 0. */
export const reasonOf = (status: number): string => STATUS_CODES[status] ?? ''

/** Why a request was refused, and hints, a line each. */
export function remarksOf({ diagnosis: { refusedBy, hints } }: JournaledRequest): string[] {
  if (refusedBy === null) return hints
  const violations = refusedBy.violations ?? []
  return [
    `${refusedBy.rule}: ${refusedBy.detail}`,
    ...violations.map(({ pointer, detail }) => `${pointer} ${detail}`),
    ...hints,
  ]
}
