import { badTokenRequest, type Form } from './form.ts'
import { ApiError } from '../../base/problems/problems.ts'

/** Client id and secret. */
export interface Credentials {
  readonly id: string
  readonly secret: string
}

/**
 * The client's credentials, from HTTP Basic or the body (RFC 6749 §2.3.1). An `Authorization` field with another
 * scheme, such as an old bearer token, is ignored (CONTRACT §5).
 *
 * @param fields - the values of all `Authorization` fields of the request
 * @throws ApiError `bad-request` for contradictory credentials, `unauthorized` for missing or malformed ones
 */
export function requireCredentials(fields: readonly string[], form: Form): Credentials {
  const [field, ...others] = fields
  if (others.length > 0) throw badTokenRequest('Send one Authorization header.')
  const id = form.get('client_id')
  const secret = form.get('client_secret')
  if (field === undefined || !/^basic(?:\s|$)/i.test(field)) {
    if (id !== undefined && secret !== undefined) return { id, secret }
    throw invalidClient(
      'Send client_id and client_secret, by HTTP Basic or in the body; an Authorization of another scheme does not count.',
    )
  }
  if (secret !== undefined) {
    throw badTokenRequest('Authenticate the client once: by HTTP Basic or in the body.')
  }
  const credentials = basicCredentials(field)
  if (!credentials) {
    throw invalidClient(
      'The Authorization header is not Basic with a form-urlencoded id and secret, neither of them empty, in base64.',
    )
  }
  if (id !== undefined && id !== credentials.id) {
    throw badTokenRequest('The client_id of the body is not that of the Authorization header.')
  }
  return credentials
}

/** The refusal of unknown credentials. It does not tell whether the id or the secret is wrong (RFC 6749 §5.2). */
export const unknownClient = (): ApiError =>
  invalidClient(
    'There is no client with this id and secret; use one that is configured (clients of --data).',
  )

const invalidClient = (detail: string): ApiError =>
  new ApiError('unauthorized', detail, { rule: 'client' })

/** Decodes HTTP Basic (RFC 7617 §2) with a form-urlencoded id and secret (RFC 6749 §2.3.1). */
function basicCredentials(field: string): Credentials | undefined {
  const encoded = /^basic +([\w+/-]+=*)$/i.exec(field)?.[1]
  if (encoded === undefined) return undefined
  const [, ...parts] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  const [id, secret] = parts.map(formDecoded)
  return id && secret ? { id, secret } : undefined
}

function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
