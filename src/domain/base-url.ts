import { stringKinds } from '../schemas/kinds.ts'

/** A request as far as it says where the sandbox was reached. */
export interface AddressedRequest {
  readonly protocol: string
  /** Value of `Host`; empty where there is none. */
  readonly host: string
}

/** The URL under which the sender of a request knows the sandbox, without a slash at its end. */
export type BaseUrlSource = (request: AddressedRequest) => string

/**
 * The option `publicUrl` is a base URL.
 *
 * @throws RangeError that says what it must be
 */
export function requirePublicUrl(url: unknown): void {
  const { test, expected } = stringKinds.WinkMockBaseUrl
  if (typeof url === 'string' && test(url)) return
  throw new RangeError(`publicUrl must be ${expected}, not ${typeof url} ${String(url)}`)
}

/** Where a client finds the API, and where it gets tokens. */
export const addressesOf = (baseUrl: string) => ({ baseUrl, tokenUrl: `${baseUrl}/oauth2/token` })
