import { masked } from '../../../base/masking/text.ts'
import { percentEncoded } from '../../../base/target.ts'

/** Writes a text: its plain parts, and the variables that stand for its masked secrets. */
export interface Notation {
  readonly text: (text: string) => string
  /** @param name - name of the variable, such as `WINK_CLIENT_SECRET` */
  readonly variable: (name: string) => string
}

/** The name before a secret, such as `client_secret=` or `"token": "`. */
const nameBefore = /([\w.-]{1,64})[\\"']{0,9}[ \t]{0,9}[=:][ \t]{0,9}[\\"']{0,9}$/
/** Longest text in which the name before a secret is looked for. */
const maxBefore = 100

/**
 * Writes a text with a variable in place of each masked secret.
 *
 * @param name - name of the header field that has the text; empty for other texts
 */
export function written(text: string, { text: plain, variable }: Notation, name = ''): string {
  const parts = text.split(masked)
  return parts
    .map((part, index) => {
      const last = index === parts.length - 1
      const rest = part === '' ? '' : plain(part)
      return last ? rest : rest + variable(variableOf(part.slice(-maxBefore), name))
    })
    .join('')
}

function variableOf(before: string, header: string): string {
  if (/^authorization$/i.test(header)) return /basic $/i.test(before) ? 'WINK_BASIC' : 'WINK_TOKEN'
  const name = nameBefore.exec(before)?.[1] ?? (header === '' ? 'secret' : header)
  return `WINK_${name.replace(/[^a-z\d]+/gi, '_').toUpperCase()}`
}

/** The URL of a path; masked secrets stay masked. */
export const urlOf = (baseUrl: string, path: string): string =>
  baseUrl + path.split(masked).map(percentEncoded).join(masked)
