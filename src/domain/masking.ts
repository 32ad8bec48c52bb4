const secretName =
  /auth|cookie|token|secret|passw|pwd|credential|jwt|session|signature|(?:api|access|subscription)[-_]?key/i
/** Something like `access_token=…` in a path or a value: what follows the name is a secret. */
const secretPair =
  /((?:token|secret|passw|pwd|credential|api[-_]?key|assertion)[\w.-]*(?:=|%3d|:)).*$/is
/** The parameters of token requests that are no secrets, and what their values look like. */
const plainParameters = /^(?:grant_type|scope|client_id|token_type_hint)=(?:[\w.:~*/+-]|%20)*$/
/** The others, whose names alone may be shown. */
const secretParameters = /^(client_secret|client_assertion|token|refresh_token|code|password)=/

/** What stands in place of a secret. */
export const masked = '[masked]'

/**
 * Header fields by lower-case name, without secrets; of an authorization the scheme stays.
 *
 * @param rawHeaders - names and values in turn, as they were sent
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
  if (!secretName.test(name)) return maskedText(value)
  const scheme = name.endsWith('authorization')
    ? /^(?:bearer|basic|digest) +(?=.)/i.exec(value)?.[0]
    : undefined
  return `${scheme ?? ''}${masked}`
}

/** A form (`application/x-www-form-urlencoded`): of what is no known parameter nothing is shown. */
export function maskedForm(text: string): string {
  return text.split('&').map(maskedPair).join('&')
}

function maskedPair(pair: string): string {
  if (plainParameters.test(pair)) return pair
  const name = secretParameters.exec(pair)?.[1]
  return name === undefined ? masked : `${name}=${masked}`
}

/** A path or a value of a header field, without what looks like a secret in it. */
export const maskedText = (text: string): string => text.replace(secretPair, `$1${masked}`)

/** Whether a body is a form, as token requests are. */
export const isForm = (contentType: string | string[] | undefined): boolean =>
  /^application\/x-www-form-urlencoded\b/i.test(String(contentType))
