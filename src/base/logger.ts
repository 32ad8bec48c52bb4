/** A method of a logger that writes one line. */
export interface LogMethod {
  /** Writes a line with details. */
  (details: object, message?: string): void
  /** Writes a line without details. */
  (message: string): void
}

/** The methods of a logger that the sandbox calls. Pino's loggers have them, and those of Fastify. */
export interface Logger {
  /** Lowest level that is written. With `silent` at the start of the sandbox, nothing is. Default: the logger decides. */
  readonly level?: string
  /** Writes a line of level `trace`. */
  readonly trace: LogMethod
  /** Writes a line of level `debug`. */
  readonly debug: LogMethod
  /** Writes a line of level `info`: one for each request. */
  readonly info: LogMethod
  /** Writes a line of level `warn`. */
  readonly warn: LogMethod
  /** Writes a line of level `error`: an unexpected failure. */
  readonly error: LogMethod
  /** Writes a line of level `fatal`. */
  readonly fatal: LogMethod
  /** Makes a logger that adds details to each line. */
  child(details: object): unknown
}
