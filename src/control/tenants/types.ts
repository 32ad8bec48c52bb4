/** Input for a new tenant. */
export interface TenantInput {
  /** Name of the managing entity, at least 1 character. Default: `Tenant` and the first digits of its identifier. */
  readonly name?: string
  /**
   * Receiver of the events of the tenant: a base URL that takes the place of scheme, user info, host and
   * port of the registered URL, or `event-url` for the registered URL itself. Default: that of the sandbox.
   */
  readonly deliverTo?: string
}

/** A managing entity for one test, a token for it, and a client that can request more tokens. */
export interface Tenant {
  /** UUID of the managing entity. */
  managingEntityIdentifier: string
  /** Name of the managing entity. */
  name: string
  /** Bearer token for it. If the sandbox has a list of tokens, the token manages only this managing entity. */
  token: string
  /** Id of a client for `/oauth2/token`. */
  clientId: string
  /** Secret of the client. */
  clientSecret: string
  /** Base URL of the API, for a client. */
  baseUrl: string
  /** URL where the client gets tokens. */
  tokenUrl: string
  /** Receiver of its events. Absent if nothing was given. */
  deliverTo?: string
}
