import { isUtf8 } from 'node:buffer'

/** Longest document that is searched for the place where it breaks: that holds everything else up. */
const maxSearched = 1024 * 1024
const byteOrderMark = '\ufeff'
/** What stands in a text for bytes that are not UTF-8. */
const replacement = '\ufffd'
const tooLong = 'it breaks somewhere; it is too long to say where'

/** The value of a document, or where and why it is no JSON; that repeats nothing of the document. */
export type ParsedJson = { readonly value: unknown } | { readonly failure: string }

/**
 * Reads a JSON document (RFC 8259; CONTRACT §2): UTF-8, a leading BOM is skipped, of members given twice
 * the last counts.
 *
 * @param decoded - the text of the bytes, where it is known already
 */
export function parseJson(bytes: Buffer, decoded = bytes.toString()): ParsedJson {
  // The character may also stand in the document itself.
  if (decoded.includes(replacement) && !isUtf8(bytes)) {
    return { failure: `it is not UTF-8: byte ${invalidByte(bytes)} is wrong` }
  }
  const text = decoded.startsWith(byteOrderMark) ? decoded.slice(1) : decoded
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { failure: text.length > maxSearched ? tooLong : `it breaks at ${whereItBreaks(text)}` }
  }
}

/** Position, from 1, of the first byte that is not UTF-8. */
function invalidByte(bytes: Buffer): number {
  const replaced = bytes.toString('utf8')
  let offset = 0
  let from = 0
  for (;;) {
    const at = replaced.indexOf(replacement, from)
    offset += Buffer.byteLength(replaced.slice(from, at))
    if (bytes.toString('latin1', offset, offset + 3) !== '\xef\xbf\xbd') return offset + 1
    offset += 3
    from = at + 1
  }
}

type Token = '{' | '}' | '[' | ']' | ',' | ':' | 'string' | 'scalar'

/** What may stand at a place in a document. */
interface Place {
  readonly accepts: readonly Token[]
  readonly named: string
}

const places = {
  value: { accepts: ['{', '[', 'string', 'scalar'], named: 'a value' },
  firstItem: { accepts: ['{', '[', 'string', 'scalar', ']'], named: 'a value or ]' },
  name: { accepts: ['string'], named: 'a member name' },
  firstName: { accepts: ['string', '}'], named: 'a member name or }' },
  colon: { accepts: [':'], named: 'a colon' },
  afterMember: { accepts: [',', '}'], named: 'a comma or }' },
  afterItem: { accepts: [',', ']'], named: 'a comma or ]' },
  end: { accepts: [], named: 'nothing more' },
} satisfies Record<string, Place>

/** A string as far as it is one: to its end, or to the first character that may not stand there. */
const stringStart = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/
const tokens = new RegExp(
  String.raw`[ \t\n\r]*(?:([{}[\],:])|(${stringStart.source}")|(${number.source}|true|false|null))`,
  'y',
)

/**
 * Says where `text` stops being JSON. JSON.parse does not always: its words differ between versions of
 * Node.js, often have no position, and quote the document, which may hold a secret.
 */
function whereItBreaks(text: string): string {
  const open: ('{' | '[')[] = []
  let place: Place = places.value
  let at = 0
  for (;;) {
    tokens.lastIndex = at
    const match = tokens.exec(text)
    const token = match && tokenOf(match)
    if (!token || !place.accepts.includes(token)) break
    place = placeAfter(token, place, open)
    at = tokens.lastIndex
  }
  const start = at + text.slice(at).search(/[^ \t\n\r]|$/)
  if (text[start] !== '"' || !place.accepts.includes('string')) {
    return `${position(text, start)}: expected ${place.named}`
  }
  stringStart.lastIndex = start
  stringStart.test(text)
  return `${position(text, stringStart.lastIndex)}: expected the rest of a string`
}

function tokenOf([, mark, string]: RegExpExecArray): Token {
  return (mark as Token | undefined) ?? (string === undefined ? 'scalar' : 'string')
}

function placeAfter(token: Token, place: Place, open: ('{' | '[')[]): Place {
  switch (token) {
    case '{':
    case '[':
      open.push(token)
      return token === '{' ? places.firstName : places.firstItem
    case '}':
    case ']':
      open.pop()
      return afterValue(open)
    case ',':
      return open.at(-1) === '{' ? places.name : places.value
    case ':':
      return places.value
    default:
      return isName(place) ? places.colon : afterValue(open)
  }
}

const isName = (place: Place): boolean => place === places.name || place === places.firstName

function afterValue(open: readonly ('{' | '[')[]): Place {
  if (open.length === 0) return places.end
  return open.at(-1) === '{' ? places.afterMember : places.afterItem
}

/** Line and column of an offset, both from 1. */
function position(text: string, offset: number): string {
  const before = text.slice(0, offset)
  return `line ${before.split('\n').length}, column ${before.length - before.lastIndexOf('\n')}`
}
