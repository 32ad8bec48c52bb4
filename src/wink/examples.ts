/** The managing entity of the examples. */
export const exampleEntity = {
  identifier: 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  name: 'The Siam Residences, Bangkok',
}

/** The id of anything but a webhook. */
export const exampleId = '5d1c0f8e-7a52-4e0b-9c86-3b9f2d41a7e6'

/** A body that creates a webhook. */
export const exampleInput = {
  name: 'Booking confirmation sync',
  entity: exampleEntity,
  enabled: true,
  eventUrl: 'https://api.example.com/webhooks/wink/events',
  eventList: ['booking.create'],
}

/** A time under `--timestamps local`. */
export const exampleLocalTime = '2026-01-14T09:30:00'

/** The webhook created from {@link exampleInput}. */
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

/** The answer to its deletion. */
export const exampleDeletion = {
  id: exampleWebhook.id,
  success: true,
  message: 'The webhook was deleted.',
}

/** An event type. */
export const exampleEventType = { label: 'Booking created', value: 'booking.create' }

/** A token request with the client's credentials in the body. */
export const exampleTokenRequest = {
  grant_type: 'client_credentials',
  scope: 'account.read account.write account.remove',
  client_id: 'my-client',
  client_secret: 'my-secret',
}

/** The answer to {@link exampleTokenRequest}, with a shortened token. */
export const exampleTokenResponse = {
  access_token: 'eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjE3Njg0MTExMDB9.c2lnbmF0dXJl',
  token_type: 'Bearer',
  expires_in: 10_800,
  scope: exampleTokenRequest.scope,
}

/** A revocation request. */
export const exampleRevocation = {
  token: exampleTokenResponse.access_token,
  token_type_hint: 'access_token',
  client_id: exampleTokenRequest.client_id,
  client_secret: exampleTokenRequest.client_secret,
}

/** The refusal of an unknown client. */
export const exampleOAuthError = {
  error: 'invalid_client',
  error_description:
    'There is no client with this id and secret; use one that is configured (clients of --data).',
}

/** A fault that fails two requests and then recovers. */
export const exampleFault = {
  match: { operation: 'create-webhook' },
  times: 2,
  effect: { status: 503, retryAfterSeconds: 1 },
}

/** Initial state: a managing entity with a token, a client and a webhook. */
export const exampleData = {
  managingEntities: [exampleEntity],
  tokens: [
    {
      token: 'my-token',
      scopes: ['account.read', 'account.write', 'account.remove'],
      managingEntities: [exampleEntity.identifier],
    },
  ],
  clients: [{ id: exampleTokenRequest.client_id, secret: exampleTokenRequest.client_secret }],
  webhooks: [exampleWebhook],
}
