/** A name and its value, as HAR lists header fields. */
export interface HarPair {
  /** Name. */
  name: string
  /** Value, secrets masked. */
  value: string
}

/** A request, as HAR has it. */
export interface HarRequest {
  /** Method, such as `POST`. */
  method: string
  /** URL without the query, which the journal does not keep. */
  url: string
  /** Version of HTTP. */
  httpVersion: string
  /** Always empty: cookies are among the header fields, masked. */
  cookies: HarPair[]
  /** Header fields. */
  headers: HarPair[]
  /** Always empty: the journal does not keep queries. */
  queryString: HarPair[]
  /** The body. Absent if there was none. */
  postData?: {
    /** Media type; empty if none was sent. */
    mimeType: string
    /** The first 16 KiB, secrets masked. */
    text: string
  }
  /** Always -1: unknown. */
  headersSize: number
  /** Length of the body, in bytes. */
  bodySize: number
}

/** An answer, as HAR has it. Its status is 0 if there was none. */
export interface HarResponse {
  /** Status; 0: there was no answer. */
  status: number
  /** Reason phrase. */
  statusText: string
  /** Version of HTTP. */
  httpVersion: string
  /** Always empty. */
  cookies: HarPair[]
  /** Header fields. */
  headers: HarPair[]
  /** The body. */
  content: {
    /** Length, in bytes. */
    size: number
    /** Media type; `x-unknown` if there is none. */
    mimeType: string
    /** The first 16 KiB, secrets masked. Absent if there is none. */
    text?: string
  }
  /** Target of a redirect: none. */
  redirectURL: string
  /** Always -1: unknown. */
  headersSize: number
  /** Length of the body, in bytes; -1 if there was no answer. */
  bodySize: number
}

/** A request with its answer, as HAR has it. */
export interface HarEntry {
  /** When the request arrived, by the sandbox's clock. */
  startedDateTime: string
  /** Time from the arrival of the request to its answer, in ms. */
  time: number
  /** The request. */
  request: HarRequest
  /** The answer. */
  response: HarResponse
  /** Nothing is cached. */
  cache: Record<string, never>
  /** All of the time is waiting. */
  timings: {
    /** Always 0. */
    send: number
    /** In ms. */
    wait: number
    /** Always 0. */
    receive: number
  }
  /** Id of the request, why it was refused, and hints. */
  comment: string
}

/** An HTTP Archive (HAR 1.2). Requests that are not HTTP are not in it. */
export interface Har {
  /** The archive. */
  log: {
    /** Version of HAR. */
    version: '1.2'
    /** The sandbox. */
    creator: {
      /** Always `wink-webhook-mock`. */
      name: string
      /** Version of the sandbox. */
      version: string
    }
    /** The requests. */
    entries: HarEntry[]
  }
}
