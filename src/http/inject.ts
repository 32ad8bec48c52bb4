/** A request that is given to a sandbox without a connection. */
export interface InjectRequest {
  /** Path with query, such as `/oauth2/jwks`, or a whole URL. */
  readonly url: string
  /** Method, in either case. Default: `GET`. */
  readonly method?: string
  /** Header fields. Default: those that every request has. */
  readonly headers?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  /** Query parameters, which replace those of the URL. Default: those of the URL. */
  readonly query?: string | Readonly<Record<string, string | readonly string[]>>
  /** Body: text or bytes as they are, another object as JSON. Default: none. */
  readonly payload?: string | object
  /** Body, another name of `payload`. Default: none. */
  readonly body?: string | object
  /** IP address of the client. Default: 127.0.0.1. */
  readonly remoteAddress?: string
}

/** The answer to an injected request. */
export interface InjectResponse {
  /** Status code. */
  readonly statusCode: number
  /** Reason phrase of the status. */
  readonly statusMessage: string
  /** Header fields by lower-case name. */
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>
  /** Body as UTF-8. */
  readonly body: string
  /** Body as UTF-8, another name of `body`. */
  readonly payload: string
  /** Body as bytes. */
  readonly rawPayload: Uint8Array
  /**
   * Parses the body as JSON.
   *
   * @throws SyntaxError if it is not JSON
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as Fastify's has it
  json<Body = unknown>(): Body
}
