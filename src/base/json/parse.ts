import { isUtf8 } from 'node:buffer'
import { printParseErrorCode, visit } from 'jsonc-parser'

/** Longest text, in characters, that is searched for the place where it breaks: the search blocks the process. */
const maxSearched = 1024 * 1024
const byteOrderMark = '\ufeff'
/** Takes the place of bytes that are not UTF-8 in a decoded text. */
const replacement = '\ufffd'
const unknownPlace = 'it breaks somewhere; it is too long, or nested too deeply, to say where'

/** The value of a document, or where and why it is not JSON. The reason quotes nothing of the document. */
export type ParsedJson = { readonly value: unknown } | { readonly failure: string }

/**
 * Reads a JSON document (RFC 8259; CONTRACT §2): UTF-8, a leading BOM is skipped, the last of duplicate members
 * counts.
 *
 * @param decoded - the text of the bytes, if the caller has it already
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
    return { failure: text.length > maxSearched ? unknownPlace : whereItBreaks(text) }
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

/** The parser's error codes in words. */
const expectations: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value, or a name in double quotes',
  PropertyNameExpected: 'a member name',
  ColonExpected: 'a colon',
  CommaExpected: 'a comma or the closing bracket',
  CloseBraceExpected: 'a comma or }',
  CloseBracketExpected: 'a comma or ]',
  EndOfFileExpected: 'nothing more',
  InvalidCommentToken: 'no comment',
  UnexpectedEndOfString: 'the end of this string',
  UnexpectedEndOfNumber: 'the rest of this number',
  InvalidUnicode: 'four hex digits behind \\u in this string',
  InvalidEscapeCharacter: 'no such escape in this string',
  InvalidCharacter: 'no control character in this string',
}

/**
 * Says where `text` stops being JSON. The message of JSON.parse is no use: its words differ between versions of
 * Node.js, often have no position, and quote the document, which may hold a secret.
 */
function whereItBreaks(text: string): string {
  let place: string | undefined
  try {
    visit(
      text,
      {
        onError: (code, _offset, _length, line, column) => {
          const expected = expectations[printParseErrorCode(code)] ?? 'a value'
          place ??= `it breaks at line ${line + 1}, column ${column + 1}: expected ${expected}`
        },
      },
      { disallowComments: true },
    )
  } catch (error) {
    // The parser recurses; JSON.parse does not.
    /* c8 ignore next - it throws nothing else */
    if (!(error instanceof RangeError)) throw error
  }
  return place ?? unknownPlace
}
