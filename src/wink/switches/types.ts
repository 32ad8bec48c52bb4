/** Behaviour that Wink's documentation leaves open, for the user to choose. */
export interface Switches {
  /** Which http event URLs are accepted: none, loopback (the machine itself) or any. Default: `none`. */
  allowHttpEventUrls: 'none' | 'loopback' | 'any'
  /** How answers write times: utc, or local (UTC too, without offset and fraction). Default: `utc`. */
  timestamps: 'utc' | 'local'
  /** The version of a new webhook. Default: 1. */
  firstVersion: 0 | 1
  /** What to do with event names that are not in Wink's catalogue. Default: `accept`. */
  unknownEventNames: 'accept' | 'refuse'
  /** What to do with the header field Wink-Version; `require` refuses requests without it. Default: `check`. */
  winkVersion: 'check' | 'ignore' | 'require'
  /** What to do where path and body name different entities. Default: `refuse`. */
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
  /** What the documentation leaves open. */
  question: string
  /** What it can be set to. */
  values: (string | number)[]
  /** Its default. */
  default: string | number
  /** What it is set to in this sandbox. */
  current: string | number
  /** Why the default is what it is. */
  reason: string
  /** Where the question comes from. */
  source: string
}
