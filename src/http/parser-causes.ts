import { METHODS } from 'node:http'
import { unknownTransferCoding } from './body-framing.ts'
import { causeOf, type Cause } from '../base/problems/causes.ts'
import { ApiError } from '../base/problems/problems.ts'
import type { ProblemName, RuleName } from '../base/problems/types.ts'

/** An error of Node's HTTP parser. All but its code differs between versions of Node.js, or may be missing. */
export interface ParserError {
  readonly code?: string
  readonly reason?: string
  /** The bytes that the connection sent last. */
  readonly rawPacket?: Uint8Array
  /** How much of it the parser has understood. */
  readonly bytesParsed?: number
}

/** Longest method, in characters, that is looked for. */
const maxMethod = Math.max(...METHODS.map((method) => method.length))
const lineFeed = 0x0a
/** How a TLS record begins that is a handshake: its type, and the major version. */
const tlsHandshake = '\x16\x03'

/** The text that begins `back` bytes before the place where the parser stopped. */
function textAt({ rawPacket = new Uint8Array(), bytesParsed = 0 }: ParserError, back = 0): string {
  const start = Math.max(bytesParsed - back, 0)
  return Buffer.from(rawPacket.subarray(start, start + maxMethod + 1)).toString('latin1')
}

/** The method that is meant where the parser met letters of another case. */
function meantMethod(error: ParserError): string | undefined {
  // The parser stops at the first letter that does not fit: `Patch` begins before it.
  for (let back = 0; back <= maxMethod; back += 1) {
    const [word = '', blank] = textAt(error, back).split(/( )/, 2)
    const method = word.toUpperCase()
    if (blank !== undefined && word !== method && METHODS.includes(method)) return method
  }
  return undefined
}

/** True if the parser stopped at or just behind a bare LF. */
function isAtBareLineFeed({ rawPacket = new Uint8Array(), bytesParsed = 0 }: ParserError): boolean {
  return [rawPacket[bytesParsed], rawPacket[bytesParsed - 1]].includes(lineFeed)
}

const saysReason = ({ reason = '' }: ParserError, word: string): boolean => reason.includes(word)

/** Whether a request has both Content-Length and Transfer-Encoding. */
const hasBothFramings = (error: ParserError): boolean => saysReason(error, 'be present with')

const isCode =
  (...codes: string[]) =>
  ({ code = '' }: ParserError): boolean =>
    codes.includes(code)

const invalidMethod = isCode('HPE_INVALID_METHOD')
const invalidHeader = isCode('HPE_INVALID_HEADER_TOKEN')
const invalidVersion = isCode('HPE_INVALID_VERSION', 'HPE_STRICT')
const invalidLength = isCode('HPE_INVALID_CONTENT_LENGTH')
const invalidCoding = isCode('HPE_INVALID_TRANSFER_ENCODING')

/** Why the parser refused a request. The sentences repeat no byte of it, since it may hold secrets. */
const parserCauses: readonly Cause<ParserError>[] = [
  {
    is: isCode('ERR_HTTP_REQUEST_TIMEOUT'),
    says: 'Send the whole request within the time limit (--request-timeout).',
    source: 'ours; RFC 9110 §15.5.9',
  },
  {
    is: isCode('HPE_HEADER_OVERFLOW'),
    says: 'Send a request line and header fields of at most 16 KiB in all.',
    source: 'ours; RFC 6585 §5',
  },
  {
    is: isCode('HPE_CHUNK_EXTENSIONS_OVERFLOW'),
    says: 'Send chunks without long extensions.',
    source: 'ours; RFC 9112 §7.1.1',
  },
  {
    is: (error) => invalidMethod(error) && textAt(error).startsWith(tlsHandshake),
    says: 'This is a TLS handshake, and the sandbox speaks no TLS: use http:// in place of https://, or start it with --tls-cert.',
    source: 'RFC 8446 §5.1',
  },
  {
    is: isCode('HPE_PAUSED_H2_UPGRADE'),
    says: 'This is HTTP/2, and the sandbox speaks HTTP/1.1 alone: turn HTTP/2 off in the client.',
    source: 'RFC 9113 §3.4',
  },
  {
    is: (error) => invalidMethod(error) && meantMethod(error) !== undefined,
    says: (error) =>
      `Methods are case-sensitive: send ${String(meantMethod(error))} in capitals (RFC 9110 §9.1).`,
    source: 'RFC 9110 §9.1',
  },
  {
    is: (error) => invalidMethod(error) && /^\s/.test(textAt(error)),
    says: 'The request begins with a blank; begin it with the method.',
    source: 'RFC 9112 §3',
  },
  {
    is: (error) => invalidMethod(error) && Number(error.bytesParsed) > maxMethod,
    says: 'Behind a request comes something that is none: its Content-Length may be too small, or its method is unknown.',
    source: 'RFC 9112 §6.3',
  },
  {
    is: invalidMethod,
    says: 'The request begins with no method of HTTP; send it with an HTTP client.',
    source: 'RFC 9110 §9.1',
  },
  {
    is: isCode('HPE_INVALID_URL'),
    says: 'The request target has characters that it may not have; percent-encode blanks and all that is not ASCII.',
    source: 'RFC 9112 §3.2',
  },
  {
    is: isCode('HPE_INVALID_CONSTANT'),
    says: 'Behind the request target comes no HTTP/1.1; a blank in the target must be %20.',
    source: 'RFC 9112 §3',
  },
  {
    is: (error) => invalidVersion(error) && isAtBareLineFeed(error),
    says: 'A line ends in LF alone; end it in CR and LF.',
    source: 'RFC 9112 §2.2',
  },
  {
    is: isCode('HPE_CR_EXPECTED'),
    says: 'A line ends in LF alone; end it in CR and LF.',
    source: 'RFC 9112 §2.2',
  },
  {
    is: isCode('HPE_LF_EXPECTED', 'HPE_STRICT'),
    says: 'A line has a CR without LF behind it, or a chunk is longer than its size says; end lines in CR and LF.',
    source: 'RFC 9112 §2.2',
  },
  {
    is: isCode('HPE_INVALID_VERSION'),
    says: 'The request line must end in HTTP/1.1, with CR and LF at once behind it.',
    source: 'RFC 9112 §2.3',
  },
  {
    is: (error) => invalidHeader(error) && saysReason(error, 'value char'),
    says: 'The value of a header field has a control character; leave it out.',
    source: 'RFC 9110 §5.5',
  },
  {
    is: (error) =>
      isCode('HPE_UNEXPECTED_SPACE')(error) ||
      (invalidHeader(error) && saysReason(error, 'whitespace')),
    says: 'A line of the header begins with a blank; send each header field in one line.',
    source: 'RFC 9112 §5.2',
  },
  {
    is: invalidHeader,
    says: 'The name of a header field has a character that it may not have, such as a blank in front of the colon.',
    source: 'RFC 9112 §5.1',
  },
  {
    is: (error) => (invalidLength(error) || invalidCoding(error)) && hasBothFramings(error),
    says: 'The request has both Content-Length and Transfer-Encoding; send one of them.',
    source: 'RFC 9112 §6.2',
  },
  {
    is: isCode('HPE_UNEXPECTED_CONTENT_LENGTH'),
    says: 'The request has more than one Content-Length; send one.',
    source: 'RFC 9112 §6.3',
  },
  {
    is: invalidLength,
    says: 'Content-Length is no whole number of bytes.',
    source: 'RFC 9110 §8.6',
  },
  {
    is: isCode('HPE_INVALID_CHUNK_SIZE'),
    says: 'A chunk has no hexadecimal size in front of it.',
    source: 'RFC 9112 §7.1',
  },
  {
    is: isCode('HPE_INVALID_EOF_STATE'),
    says: 'The connection ended before the request was complete.',
    source: 'RFC 9112 §8',
  },
  {
    is: () => true,
    says: 'The request is not HTTP/1.1 (RFC 9112); send it with an HTTP client.',
    source: 'RFC 9112',
  },
]

/** Problems of parser errors, by error code; all other errors are a bad request. */
const problemsByCode: Record<string, [ProblemName, RuleName]> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'request-time'],
  HPE_HEADER_OVERFLOW: ['request-header-fields-too-large', 'request-size'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['content-too-large', 'body-size'],
}

/** The refusal of a request that the parser refused. */
export function parserRefusal(error: ParserError): ApiError {
  if (invalidCoding(error) && !hasBothFramings(error)) return unknownTransferCoding()
  const [problem, rule] = problemsByCode[String(error.code)] ?? ['bad-request', 'http-message']
  return new ApiError(problem, String(causeOf(parserCauses, error)), { rule })
}
