/** The managing entity of the examples. */
export const exampleEntity = {
  identifier: 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  name: 'The Siam Residences, Bangkok',
}

/** A body that creates a webhook. */
export const exampleInput = {
  name: 'Booking confirmation sync',
  entity: exampleEntity,
  enabled: true,
  eventUrl: 'https://api.example.com/webhooks/wink/events',
  eventList: ['booking.create'],
}

/** The webhook that it creates. */
export const exampleWebhook = {
  id: '14ebec38-30a5-4c2a-8200-1bb8539bb073',
  createdDate: '2026-01-14T09:30:00.000Z',
  lastUpdate: '2026-01-14T09:30:00.000Z',
  version: 1,
  userIdentifier: 'da5b8893-d6ca-5c1c-9a9c-91f40a2a3649',
  ownerIdentifier: exampleEntity.identifier,
  ownerName: exampleEntity.name,
  name: exampleInput.name,
  enabled: exampleInput.enabled,
  eventUrl: exampleInput.eventUrl,
  eventList: exampleInput.eventList,
}
