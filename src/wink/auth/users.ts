import { Check } from '@sinclair/typebox/value'
import { Uuid } from '../../base/schema/formats.ts'
import { uuidV5 } from '../../base/ids.ts'

/** Namespace of the generated user ids: the URL namespace of RFC 9562 §6.6. */
const userNamespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'

/** The user of an unconfigured client or opaque token: the same UUID each time (CONTRACT §3). */
export const userOfName = (name: string): string => uuidV5(userNamespace, name)

/** The user of an unconfigured token: its `sub`, or a UUID derived from the token (CONTRACT §3). */
export const userOfToken = (token: string): string => subjectOf(token) ?? userOfName(token)

/** The `sub` of a JWT (RFC 7519 §3), if it is a UUID. Does not verify the signature. */
export function subjectOf(token: string): string | undefined {
  const [header, payload, signature, ...rest] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return undefined
  }
  if (jsonObjectOf(header) === undefined) return undefined
  const subject = jsonObjectOf(payload)?.['sub']
  return Check(Uuid, subject) ? subject : undefined
}

/** Decodes a part of a JWT; undefined if it is not a JSON object. */
export function jsonObjectOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
