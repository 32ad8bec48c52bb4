import { isSecretName, masked, maskedText } from './text.ts'
import { isTokenPath } from '../target.ts'

// Masks the header fields and the body of a request, as the journal shows it. The log masks paths by `text.ts`.

/** An authentication scheme, such as `Bearer`, with the blanks before the credentials. */
const scheme = /^[a-z-]+ +(?=.)/i
/** Parameters of token requests that are not secret, with well-formed values. */
const plainParameters = /^(?:grant_type|scope|client_id|token_type_hint)=(?:[\w.:~*/+-]|%20)*$/
/** Parameters of token requests of which only the names may be shown. */
const secretParameters = /^(client_secret|client_assertion|token|refresh_token|code|password)=/

/**
 * Header fields by lower-case name, with secrets masked. The scheme of an authorization is shown.
 *
 * @param rawHeaders - alternating names and values, as received
 */
export function maskedHeaders(
  rawHeaders: readonly (string | undefined)[],
): Record<string, string | string[]> {
  const fields = new Map<string, string[]>()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase()
    const value = rawHeaders[index + 1]
    if (value === undefined) continue
    const values = fields.get(name) ?? []
    values.push(maskedHeader(name, value))
    fields.set(name, values)
  }
  const entries = [...fields].map(([name, values]) => [name, unlessOne(values)] as const)
  return Object.fromEntries(entries)
}

const unlessOne = ([first = '', ...others]: string[]): string | string[] =>
  others.length === 0 ? first : [first, ...others]

function maskedHeader(name: string, value: string): string {
  if (!isSecretName(name)) return maskedText(value)
  const shown = name.endsWith('authorization') ? scheme.exec(value)?.[0] : undefined
  return `${shown ?? ''}${masked}`
}

/**
 * Masks the secrets of a body. Of a token request, only parameters that are known to be harmless are shown.
 *
 * @param path - path of the request
 * @param contentType - value or values of `Content-Type`
 */
export function maskedBody(
  text: string,
  path: string,
  contentType: string | string[] | undefined,
): string {
  const type = String(contentType)
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type)
  if (isTokenPath(path)) return isForm ? text.split('&').map(maskedParameter).join('&') : masked
  if (/^multipart\//i.test(type)) return maskedMultipart(text)
  // The masking recognizes a parameter by the character before it, which the first one lacks.
  return isForm ? maskedText(`&${text}`).slice(1) : maskedText(text)
}

function maskedParameter(pair: string): string {
  if (plainParameters.test(pair)) return pair
  const name = secretParameters.exec(pair)?.[1]
  return name === undefined ? masked : `${name}=${masked}`
}

/** Masks a multipart body (RFC 7578): the whole content of parts that are named like a secret. */
function maskedMultipart(text: string): string {
  const boundary = /^--.+$/m.exec(text)?.[0]
  if (boundary === undefined) return maskedText(text)
  return text.split(boundary).map(maskedPart).join(boundary)
}

function maskedPart(part: string): string {
  const head = /^[^]*?\n\r?\n/.exec(part)?.[0] ?? ''
  const name = /[; ]name="?([^";\r\n]*)/i.exec(head)?.[1]
  return name !== undefined && isSecretName(name) ? `${head}${masked}\r\n` : maskedText(part)
}
