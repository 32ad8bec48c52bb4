/** A violation in a document: its place, and the expectation there. */
export interface Violation {
  /** JSON pointer (RFC 6901) into the document, as a URI fragment, such as `#/effect/status`. */
  pointer: string
  /** The expectation there, such as `must be a whole number`. */
  detail: string
}

/** The body of every refusal of the API: problem details (RFC 9457). */
export interface Problem {
  /** Always `about:blank`: the status says what kind of problem it is. */
  type: 'about:blank'
  /** The reason phrase of the status, such as `Bad Request`. */
  title: string
  /** The status of the answer, 400 to 599. */
  status: number
  /** The mistake in this request and its remedy, as a sentence. */
  detail: string
  /** Path of the request, with secrets masked. Absent if no path was understood. */
  instance?: string
  /** More about this problem. Absent if there is nothing more to say. */
  properties?: {
    /** The first 50 violations of the body. Absent if the body is not the problem. */
    errors?: Violation[]
  }
}

/** The name of a problem. Each has one status. */
export type ProblemName =
  | 'bad-request'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'request-timeout'
  | 'conflict'
  | 'content-too-large'
  | 'unsupported-media-type'
  | 'too-many-requests'
  | 'request-header-fields-too-large'
  | 'internal-server-error'
  | 'not-implemented'
  | 'bad-gateway'
  | 'service-unavailable'
  | 'gateway-timeout'

/** The status of a problem. */
export type ProblemStatus =
  400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 429 | 431 | 500 | 501 | 502 | 503 | 504

/** The name of a rule for requests to the API. The journal shows it as `diagnosis.refusedBy.rule`. */
export type RuleName =
  | 'http-message'
  | 'transfer-coding'
  | 'request-size'
  | 'request-time'
  | 'request-target'
  | 'running'
  | 'access-token'
  | 'path'
  | 'method'
  | 'scope'
  | 'media-type'
  | 'wink-version'
  | 'body-size'
  | 'body-json'
  | 'body-schema'
  | 'managing-entity-exists'
  | 'managing-entity-managed'
  | 'same-entity'
  | 'webhook-exists'
  | 'if-match'
  | 'current-version'
  | 'last-version'
  | 'capacity'
  | 'token-request'
  | 'client'
  | 'grant-type'
  | 'token-scope'
