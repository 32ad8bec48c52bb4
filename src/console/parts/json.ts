const tokens = /"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s[\]{},:"]+/g

const isOpening = (token: string): boolean => token === '{' || token === '['
const isClosing = (token: string): boolean => token === '}' || token === ']'

/** True if a line ends between two tokens. */
const breaksBetween = (before: string, token: string): boolean =>
  isClosing(token) ? !isOpening(before) : isOpening(before) || before === ','

/**
 * Indents a JSON text. All else stays as it was sent: numbers keep their digits, and a text that was cut or is broken is
 * indented as far as it goes.
 */
export function indented(text: string): string {
  let depth = 0
  let before = ''
  let result = ''
  for (const [token] of text.matchAll(tokens)) {
    if (isClosing(token)) depth = Math.max(0, depth - 1)
    if (breaksBetween(before, token)) result += `\n${'  '.repeat(depth)}`
    result += token === ':' ? ': ' : token
    if (isOpening(token)) depth += 1
    before = token
  }
  return result
}

/** A body for reading: JSON is indented. */
export const readable = (body: string): string => (/^\s*[[{]/.test(body) ? indented(body) : body)
