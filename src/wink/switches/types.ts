/** Behaviour that Wink's documentation leaves open, for the user to choose. */
export interface Switches {
  /** The http event URLs that are accepted: none, loopback (the machine itself) or any. Default: `none`. */
  allowHttpEventUrls: 'none' | 'loopback' | 'any'
  /** How answers write times: utc, or local (UTC too, without offset and fraction). Default: `utc`. */
  timestamps: 'utc' | 'local'
  /** The version of a new webhook. Default: 1. */
  firstVersion: 0 | 1
  /** Treatment of event names that are not in Wink's catalogue. Default: `accept`. */
  unknownEventNames: 'accept' | 'refuse'
  /** Treatment of the header field Wink-Version; `require` refuses requests without it. Default: `check`. */
  winkVersion: 'check' | 'ignore' | 'require'
  /** Treatment of a path and a body that name different entities. Default: `refuse`. */
  entityMismatch: 'refuse' | 'path-wins'
}

/** A question that Wink's documentation leaves open, and how this sandbox answers it. */
export interface Ambiguity {
  /** Name of the switch, such as `timestamps`. */
  name: string
  /** Flag of the program that sets it, such as `--timestamps`. */
  flag: string
  /** Environment variable that sets it, such as `WINK_MOCK_TIMESTAMPS`. */
  environment: string
  /** The question that the documentation leaves open. */
  question: string
  /** Its possible values. */
  values: (string | number)[]
  /** Its default. */
  default: string | number
  /** Its value in this sandbox. */
  current: string | number
  /** Why the default is what it is. */
  reason: string
  /** The document that raises the question. */
  source: string
}
