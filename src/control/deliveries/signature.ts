import { createHmac } from 'node:crypto'
import type { Cause } from '../../base/problems/causes.ts'
import { blankAtEnd } from '../../base/schema/format-causes.ts'
import type { StringFormat } from '../../base/schema/formats.ts'

// Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

const prefix = 'whsec_'
/** Shortest and longest key, in bytes. */
const [minKeyBytes, maxKeyBytes] = [24, 64]
/** Base64 with its padding (RFC 4648 §4), longer than the longest key. */
const base64 = /^(?:[A-Za-z\d+/]{4}){0,64}(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

const encodedKey = (secret: string): string => secret.slice(prefix.length)
const keyOf = (secret: string): Buffer => Buffer.from(encodedKey(secret), 'base64')

const causes: readonly Cause<string>[] = [
  blankAtEnd,
  {
    is: (text) => !text.startsWith(prefix),
    says: `it does not begin with ${prefix}`,
    source: 'Standard Webhooks',
  },
  {
    is: (text) => !base64.test(encodedKey(text)),
    says: `what follows ${prefix} is not base64 with its padding`,
    source: 'Standard Webhooks; RFC 4648 §4',
  },
  {
    is: (text) => keyOf(text).length < minKeyBytes,
    says: (text) => `its key has only ${keyOf(text).length} bytes`,
    source: 'Standard Webhooks',
  },
  {
    is: (text) => keyOf(text).length > maxKeyBytes,
    says: (text) => `its key has ${keyOf(text).length} bytes`,
    source: 'Standard Webhooks',
  },
]

/** The format of a secret that signs events. The causes never repeat it. */
export const signingSecretFormat: StringFormat = {
  test: (text) => !causes.some(({ is }) => is(text)),
  expected: `a secret of Standard Webhooks: ${prefix}, then ${minKeyBytes} to ${maxKeyBytes} bytes in base64`,
  causes,
}

/** A message to sign. */
export interface SignedMessage {
  /** Id of the event: the same at each attempt. */
  readonly id: string
  /** Time of the attempt, in ms since the epoch. */
  readonly timeMs: number
  readonly body: Buffer
}

/** The header fields of Standard Webhooks. */
export interface SignatureHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/**
 * Signs an attempt by Standard Webhooks, with HMAC-SHA256. Wink publishes no signature: this one is the test's.
 *
 * @param secret - in the form of {@link signingSecretFormat}
 */
export function signatureHeaders(
  secret: string,
  { id, timeMs, body }: SignedMessage,
): SignatureHeaders {
  const timestamp = String(Math.floor(timeMs / 1000))
  const signature = createHmac('sha256', keyOf(secret))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}
