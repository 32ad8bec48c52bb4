/** An operation of the imitated API, by Wink's name. */
export type Operation =
  | 'create-webhook'
  | 'show-webhooks'
  | 'load-webhook'
  | 'show-webhook-events'
  | 'update-webhook'
  | 'delete-webhook'
  | 'create-token'
  | 'revoke-token'
  | 'show-keys'

/** A section of Wink's API, the first part of a scope. */
export type ScopeSection =
  | 'account'
  | 'inventory'
  | 'booking'
  | 'marketing'
  | 'content'
  | 'analytics'
  | 'integrations'
  | 'payment'
  | 'accounting'
  | 'mcp'

/** A scope that Wink documents: what a token may do. Only those of `account` open anything here. */
export type Scope = `${ScopeSection}.${'read' | 'write' | 'remove'}`

/** A managing entity that exists from the start. */
export interface ManagingEntityData {
  /** UUID of the managing entity, in either case. */
  identifier: string
  /** Display name, at least 1 character. */
  name: string
}

/** An access token that the sandbox accepts. */
export interface TokenData {
  /** The token: letters, digits and `- . _ ~ + /`, then any `=` (RFC 6750 §2.1, b64token). */
  token: string
  /** UUID of the user of the token. Default: the `sub` of a JWT, or a UUID derived from the token. */
  userIdentifier?: string
  /** The scopes of the token. Default: everything. */
  scopes?: Scope[]
  /** UUIDs of the managing entities that its user may manage. Default: all. */
  managingEntities?: string[]
  /** When it expires: date and time with offset (RFC 3339). Default: never. */
  expiresAt?: string
}

/** A client that may request tokens. */
export interface ClientData {
  /** Client id, at least 1 character. */
  id: string
  /** Client secret, at least 1 character. */
  secret: string
  /** The scopes of its tokens. Default: everything. */
  scopes?: Scope[]
  /** UUID of the user of its tokens. Default: a UUID derived from the client id. */
  userIdentifier?: string
  /** UUIDs of the managing entities that its tokens may manage. Default: all. */
  managingEntities?: string[]
  /** Lifetime of its tokens, in seconds, 1 to 86,400. Default: the option `tokenLifetimeSeconds`. */
  tokenLifetimeSeconds?: number
}

/** A webhook that exists from the start. */
export interface WebhookData {
  /** UUID of the webhook. Default: a new one. */
  id?: string
  /** When it was created: date and time with offset (RFC 3339). Default: now. */
  createdDate?: string
  /** When it was last updated: date and time with offset (RFC 3339). Default: `createdDate`. */
  lastUpdate?: string
  /** How often it has been stored. Default: that of a new webhook, 1 (0 with the switch `firstVersion`). */
  version?: number
  /** UUID of the user who created it. */
  userIdentifier: string
  /** Identifier of the managing entity that owns it, at least 1 character. */
  ownerIdentifier: string
  /** Display name of the managing entity. */
  ownerName: string
  /** The purpose of the subscription. */
  name: string
  /** Whether events are sent. */
  enabled: boolean
  /** The receiver of events: an absolute http or https URL. */
  eventUrl: string
  /** The events to send. An empty list means every event. */
  eventList: string[]
}

/** The initial data of a sandbox: the content of a `--data` file, and of an export. */
export interface SandboxData {
  /** The managing entities. Default: any managing entity exists. */
  managingEntities?: ManagingEntityData[]
  /** The access tokens. Default: any token is accepted, and may do everything. */
  tokens?: TokenData[]
  /** The clients that may request tokens. Default: any client may, with any secret. */
  clients?: ClientData[]
  /** The webhooks. Default: none. */
  webhooks?: WebhookData[]
}
