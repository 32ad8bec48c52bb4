import { createSecureContext } from 'node:tls'

/** The certificate of a server and its private key. */
export interface TlsOptions {
  /** Certificate in PEM, followed by those between it and the root, if there are any. */
  readonly cert: string | Uint8Array
  /** Its private key in PEM, without a passphrase. */
  readonly key: string | Uint8Array
}

/**
 * Checks a certificate and its key.
 *
 * @throws RangeError that says what does not fit
 */
export function requireTls(tls: TlsOptions | undefined): void {
  if (tls === undefined) return
  let reason: string
  try {
    const { cert, key } = tls
    if (isPem(cert) && isPem(key)) {
      createSecureContext({ cert: Buffer.from(cert), key: Buffer.from(key) })
      return
    }
    reason = 'both are needed'
  } catch (error) {
    // OpenSSL names library and routine: `error:0B080074:x509 certificate routines::key values mismatch`.
    reason = String((error as Error).message.split('::').at(-1))
  }
  throw new RangeError(
    `tls must be a certificate and its private key in PEM, without a passphrase: ${reason}`,
  )
}

const isPem = (value: unknown): value is string | Uint8Array =>
  (typeof value === 'string' || value instanceof Uint8Array) && value.length > 0
