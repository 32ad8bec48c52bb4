/** Replaces a secret. */
export const masked = '[masked]'

/** Words in the names of secrets (docs/control-api.md, Secrets). */
const secretPart =
  /token|secret|passw|passphrase|pwd|credential|cookie|session|jwt|assertion|verifier|signature|authori[sz]ation|authentication|(?:api|access|private|subscription|functions)[-_.]?key|(?<![a-z])auth(?![a-z])/i
/** Names of a token's type or location, which are not secret. */
const plainName = /(?:type|type[-_]?hint|ur[il]|endpoint)$/i
/** Common names that mean a secret only as parameters of a URL: of OAuth, Azure and Google. */
const secretParameter = /[?&](?:code|sig|key)$/i

/** True for the name of a header field, a parameter or a JSON member that holds a secret. */
export const isSecretName = (name: string): boolean =>
  secretPart.test(name) && !plainName.test(name)

/** The user info of a URL with a password (RFC 3986 §3.2.1), or of a `Host`. JSON may escape its slashes. */
const urlPassword = /((?:^|\\?\/\\?\/)[^\s/?#@:"\\]*:)[^\s/?#"\\]*@/g
/** The same in a URL that is percent-encoded. */
const encodedPassword =
  /(%2f%2f(?:(?!%2f|%3f|%23|%40|%3a)[^\s/?#@:"\\&])*%3a)(?:(?!%2f|%3f|%23)[^\s/?#"\\&])*(?=%40)/gi
/**
 * A name and the separator before its value. Both may be percent-encoded or escaped as in JSON, also in JSON inside a JSON
 * string. Broken JSON may lack the colon between two strings.
 */
const named =
  /((?:[\w.-]|%(?!3[ad])[\da-f]{2}|\\u(?!003[ad])[\da-f]{4})+)(\\*["']?\s*(?:[=:]|%3[ad]|\\u003[ad])\s*|\\*["']\s*(?=\\*["']))?/gi
/** A port, which follows a colon in an authority (`token.example:8080`). */
const port = /\d{1,5}(?![^/?#"\\\s])/y
const openingQuote = /\\*["']/y
const quoteOrBracket = /[{}[\]"]/g
const scalar = /[^,}\]\r\n]*/y
/**
 * A value without quotes. It may have blanks, and ends with its line, its parameter, the JSON string around it, or before
 * the next name.
 */
const bareValue = /(?:(?!(?:[,;] ?| )["']?[\w.-]+["']?[=:])(?:[^"&\\\r\n]|\\+(?!["\\]|u0026)))*/iy

/** The position of a secret, and its replacement. */
interface Secret {
  readonly start: number
  readonly end: number
  readonly shown: string
}

/**
 * Masks the values that are named like a secret in a text of any kind: a path, a header field's value or a body, also if
 * it is truncated or malformed.
 */
export function maskedText(text: string): string {
  const readable = text.replace(urlPassword, `$1${masked}@`).replace(encodedPassword, `$1${masked}`)
  let shown = ''
  let shownTo = 0
  named.lastIndex = 0
  for (let match = named.exec(readable); match; match = named.exec(readable)) {
    const [, name = '', separator] = match
    if (separator === undefined || !isSecret(name, readable[match.index - 1])) continue
    const secret = secretAt(readable, named.lastIndex, separator)
    if (!secret || secret.start === secret.end) continue
    shown += readable.slice(shownTo, secret.start) + secret.shown
    shownTo = secret.end
    named.lastIndex = secret.end
  }
  return shown + readable.slice(shownTo)
}

/** @param before - the character before the name */
function isSecret(written: string, before = ''): boolean {
  const text = before + unescaped(written)
  // An encoded text may hold more than the name, such as "x%3Ftoken".
  const name = text.split(/[^\w.-]+/).findLast((part) => part !== '')
  return (name !== undefined && isSecretName(name)) || secretParameter.test(text)
}

const unescaped = (text: string): string =>
  text.replace(/%([\da-f]{2})|\\u([\da-f]{4})/gi, (_escape, byte?: string, unit?: string) =>
    String.fromCharCode(parseInt(byte ?? String(unit), 16)),
  )

/** @param separator - the text between the name and the secret, which begins at `start` */
function secretAt(text: string, start: number, separator: string): Secret | undefined {
  const opening = matchAt(openingQuote, text, start)
  if (opening !== '') {
    const content = start + opening.length
    const end = closingQuote(text, content, opening.slice(-1), opening.length - 1)
    return { start: content, end, shown: masked }
  }
  const quote = matchAt(openingQuote, separator, 0)
  if (quote === '') {
    if (separator === ':' && matchAt(port, text, start) !== '') return undefined
    return { start, end: start + matchAt(bareValue, text, start).length, shown: masked }
  }
  const shown = quote + masked + quote
  if (/[{[]/.test(text.charAt(start))) return { start, end: closingBracket(text, start), shown }
  const value = matchAt(scalar, text, start).trimEnd()
  if (['true', 'false', 'null'].includes(value)) return undefined
  return { start, end: start + value.length, shown }
}

function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at
  return sticky.exec(text)?.[0] ?? ''
}

/**
 * Finds the end of a quoted text. In JSON inside a JSON string, quotes have 1, 3, 7 … backslashes, and quotes within the
 * text have more.
 *
 * @param depth - number of backslashes before the opening quote
 */
function closingQuote(text: string, from: number, quote: string, depth: number): number {
  for (let at = text.indexOf(quote, from); at !== -1; at = text.indexOf(quote, at + 1)) {
    const backslashes = backslashesBefore(text, at)
    if (backslashes < depth || backslashes % (2 * (depth + 1)) === depth) {
      return Math.max(from, at - Math.min(backslashes, depth))
    }
  }
  return text.length
}

function backslashesBefore(text: string, at: number): number {
  let count = 0
  while (text[at - 1 - count] === '\\') count += 1
  return count
}

/** The index after the bracket that closes the one at `start`. */
function closingBracket(text: string, start: number): number {
  let open = 0
  quoteOrBracket.lastIndex = start
  for (let match = quoteOrBracket.exec(text); match; match = quoteOrBracket.exec(text)) {
    const [mark] = match
    if (mark === '"') {
      const depth = backslashesBefore(text, match.index)
      const end = closingQuote(text, quoteOrBracket.lastIndex, mark, depth)
      quoteOrBracket.lastIndex = end + depth + 1
    } else {
      open += '{['.includes(mark) ? 1 : -1
      if (open === 0) return quoteOrBracket.lastIndex
    }
  }
  return text.length
}
