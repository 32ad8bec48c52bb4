/** The body of a request that creates or updates a webhook. Other members are ignored. */
export interface WebhookInput {
  /** The purpose of this subscription, at least 1 character. */
  name: string
  /** The managing entity that owns the webhook: the same as in the path. */
  entity: {
    /** UUID of the managing entity. */
    identifier: string
    /** Display name of the managing entity, at least 1 character. */
    name: string
  }
  /** Whether events are sent. */
  enabled: boolean
  /** The receiver of events: an absolute https URL; with the switch `allowHttpEventUrls` http too. */
  eventUrl: string
  /** The events to subscribe to, such as `booking.create`. An empty list means every event. */
  eventList: string[]
}

/** A stored webhook. */
export interface Webhook {
  /** UUID of the webhook. */
  id: string
  /** When it was created: date and time with offset (RFC 3339). */
  createdDate: string
  /** When it was last updated: date and time with offset (RFC 3339). */
  lastUpdate: string
  /** How often it has been stored: one more with each update; a new webhook has 1 (0 with the switch `firstVersion`). */
  version: number
  /** UUID of the user who created it. */
  userIdentifier: string
  /** Identifier of the managing entity that owns it. */
  ownerIdentifier: string
  /** Display name of the managing entity. */
  ownerName: string
  /** The purpose of the subscription. */
  name: string
  /** Whether events are sent. */
  enabled: boolean
  /** The receiver of events. */
  eventUrl: string
  /** The events that it is subscribed to. An empty list means every event. */
  eventList: string[]
}
