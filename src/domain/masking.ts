const secretName = /authorization|cookie|token|secret|password|api-?key/i
const secretField = new RegExp(`${secretName.source}|assertion|^code`, 'i')
/** A pair of a form, or none; what looks otherwise may be a secret anywhere. */
const formPair = /^(?:[\w.%+-]*=.*)?$/s

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
  if (!secretName.test(name)) return value
  const scheme = name.endsWith('authorization')
    ? /^(?:bearer|basic|digest) +(?=.)/i.exec(value)?.[0]
    : undefined
  return `${scheme ?? ''}${masked}`
}

/** A form (`application/x-www-form-urlencoded`) without its secrets; any other text as a whole is one. */
export function maskedForm(text: string, contentType: string): string {
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return masked
  return text
    .split('&')
    .map((pair) => {
      if (!formPair.test(pair)) return masked
      const [name = ''] = pair.split('=', 1)
      return secretField.test(decodeLoosely(name)) ? `${name}=${masked}` : pair
    })
    .join('&')
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return 'secret'
  }
}
