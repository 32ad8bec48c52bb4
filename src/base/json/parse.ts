import { isUtf8 } from 'node:buffer'
import { printParseErrorCode, visit } from 'jsonc-parser'

/** Longest text, in characters, that is searched for its first error: the search blocks the process. */
const maxSearched = 1024 * 1024
const byteOrderMark = '\ufeff'
/** Replaces invalid UTF-8 in a decoded text. */
const replacement = '\ufffd'
const unknownPlace = 'it breaks somewhere; it is too long, or nested too deeply, to say where'

/** The value of a document, or the place and kind of its first error. The failure quotes nothing of the document. */
export type ParsedJson = { readonly value: unknown } | { readonly failure: string }

/**
 * Parses a JSON document in UTF-8 (RFC 8259; CONTRACT §2). Skips a leading BOM; the last of duplicate members counts.
 */
export function parseJson(bytes: Buffer): ParsedJson {
  const decoded = bytes.toString()
  // The document itself may contain the replacement character.
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
 * Finds the first error of a text. The messages of JSON.parse differ between versions of Node.js, often lack a position,
 * and quote the document, which may hold a secret.
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
    // The parser is recursive, unlike JSON.parse, and overflows the stack if a text is nested too deeply.
    /* c8 ignore next - it throws nothing else */
    if (!(error instanceof RangeError)) throw error
  }
  return place ?? unknownPlace
}
