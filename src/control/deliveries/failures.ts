import { ForbiddenAddressError } from './addresses.ts'

/**
 * Why an attempt has no complete answer. `unreachable`: no connection; `forbidden-address`: a link-local or metadata
 * address; `tls`: no trust, or no TLS; `closed`: the receiver closed or reset the connection; `not-http`: its answer is
 * none; `timeout`: no complete answer in time; `cancelled`: by a reset or the end of the sandbox; `other`: anything else.
 */
export type FailureKind =
  | 'unreachable'
  | 'forbidden-address'
  | 'tls'
  | 'closed'
  | 'not-http'
  | 'timeout'
  | 'cancelled'
  | 'other'

/** The failure of an attempt. */
export interface AttemptFailure {
  readonly failure: FailureKind
  /** In words. */
  readonly error: string
}

/** An error of `node:http`, `node:net`, `node:tls` or `node:dns`. */
interface SocketError extends NodeJS.ErrnoException {
  /** The complaint of the HTTP parser. */
  readonly reason?: string
  /** The errors of all addresses of a name. */
  readonly errors?: readonly SocketError[]
}

type Row = readonly [FailureKind, string | ((url: URL, error: SocketError) => string)]

/** The host and port of a URL, also if the port is that of the scheme. */
function addressOf({ protocol, hostname, port }: URL): string {
  const usual = protocol === 'https:' ? '443' : '80'
  return `${hostname}:${port === '' ? usual : port}`
}

const unknownIssuer: Row = [
  'tls',
  'its certificate comes from an authority that is not trusted here',
]

/** Failures by error code. */
const byCode: Readonly<Record<string, Row>> = {
  ECONNREFUSED: ['unreachable', (url) => `nobody listens at ${addressOf(url)}`],
  ENOTFOUND: ['unreachable', ({ hostname }) => `DNS knows no host ${hostname}`],
  ENODATA: ['unreachable', ({ hostname }) => `DNS knows no address of ${hostname}`],
  EAI_AGAIN: ['unreachable', ({ hostname }) => `DNS gave no answer about ${hostname}`],
  EHOSTUNREACH: ['unreachable', (url) => `there is no way to ${addressOf(url)}`],
  ENETUNREACH: ['unreachable', (url) => `there is no way to ${addressOf(url)}`],
  ETIMEDOUT: ['unreachable', (url) => `${addressOf(url)} accepts no connection`],
  ECONNRESET: ['closed', (_url, { syscall }) => (syscall === undefined ? closed : reset)],
  EPIPE: ['closed', 'it closed the connection while the event was sent'],
  HPE_HEADER_OVERFLOW: ['not-http', 'the head of its answer is too long'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', 'its certificate is self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  CERT_HAS_EXPIRED: ['tls', 'its certificate has expired'],
  CERT_NOT_YET_VALID: ['tls', 'its certificate is not valid yet'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'tls',
    ({ hostname }) => `its certificate is for another host than ${hostname}`,
  ],
}

const closed = 'it closed the connection without an answer'
const reset = 'it reset the connection'

/** Failures by the beginning of the error code: OpenSSL and the HTTP parser have many. */
const byPrefix: readonly (readonly [RegExp, Row])[] = [
  [
    /^(?:EPROTO$|ERR_SSL_|ERR_TLS_)/,
    ['tls', (url) => `${addressOf(url)} does not speak TLS, or only old versions; is it http?`],
  ],
  [/^HPE_/, ['not-http', (_url, { reason = '' }) => `its answer is not HTTP: ${reason}`]],
]

const unexpected: Row = ['other', (_url, { message }) => `it failed: ${message}`]

/** The failure behind an error of an attempt. */
export function failureOf(thrown: unknown, url: URL): AttemptFailure {
  const error = decisive(thrown as SocketError)
  if (error instanceof ForbiddenAddressError) {
    return { failure: 'forbidden-address', error: error.message }
  }
  const { code = '' } = error
  const [failure, says] =
    byCode[code] ?? byPrefix.find(([pattern]) => pattern.test(code))?.[1] ?? unexpected
  return { failure, error: typeof says === 'string' ? says : says(url, error) }
}

/** Of the errors of several addresses, a refusal: for `localhost` the other is a lack of IPv6. */
function decisive(error: SocketError): SocketError {
  const { errors = [error] } = error
  const [first = error] = errors
  return errors.find(({ code }) => code === 'ECONNREFUSED') ?? first
}
