import { version } from '../version.ts'
import { exampleEntity, exampleFault, exampleId, exampleWebhook } from '../wink/examples.ts'

/** The fault armed from {@link exampleFault}, after its first request. */
export const exampleArmedFault = {
  id: exampleId,
  match: exampleFault.match,
  times: exampleFault.times,
  skip: 0,
  probability: 1,
  effect: exampleFault.effect,
  when: 'before',
  matched: 1,
  acted: 1,
  remaining: 1,
}

/** The journaled request that created the webhook of the examples. */
export const exampleJournaledRequest = {
  id: exampleId,
  time: exampleWebhook.createdDate,
  method: 'POST',
  path: `/api/managing-entity/${exampleEntity.identifier}/webhook`,
  operation: 'create-webhook',
  managingEntityIdentifier: exampleEntity.identifier,
  headers: { authorization: 'Bearer [masked]', 'content-type': 'application/json' },
  body: '{"name":"Booking confirmation sync"}',
  bodyBytes: 36,
  status: 201,
  response: {
    status: 201,
    headers: {
      'content-type': 'application/json',
      'x-wink-mock-request-id': exampleId,
      'content-length': '58',
    },
    body: `{"id":"${exampleWebhook.id}","version":1}`,
    bodyBytes: 58,
  },
  durationMs: 1.022,
  faults: [],
  createdWebhookId: exampleWebhook.id,
  diagnosis: {
    refusedBy: null,
    hints: ['Wink-Version is missing; its default, 2.0, was applied.'],
  },
}

const baseUrl = 'http://127.0.0.1:4010'

/** A tenant as it is created. */
export const exampleTenant = {
  managingEntityIdentifier: '8b69cf90-af9f-404a-8171-0e8ada3c43d7',
  name: 'Of one test',
  token: 'tenant-57c948cb-ff94-443e-855f-c38f203d48eb',
  clientId: 'client-639cd60f-c7c1-4010-ba75-69d970112135',
  clientSecret: 'secret-e3775992-dc7d-484a-a809-f72225f45e4e',
  baseUrl,
  tokenUrl: `${baseUrl}/oauth2/token`,
}

const exampleEvent = {
  id: '0d4b5f52-8f0e-4a57-9b36-6f7c2d1e8a94',
  createdDate: exampleWebhook.createdDate,
  lastUpdate: exampleWebhook.lastUpdate,
  type: 'booking.create',
  object: {},
}

/** A delivery of an event to the webhook of the examples. */
export const exampleDelivery = {
  id: exampleId,
  eventId: exampleEvent.id,
  type: exampleEvent.type,
  managingEntityIdentifier: exampleEntity.identifier,
  webhookId: exampleWebhook.id,
  copy: 1,
  url: 'http://localhost:3000/webhooks/wink/events',
  registeredUrl: exampleWebhook.eventUrl,
  state: 'delivered',
  reason: null,
  detail: null,
  headers: { 'content-type': 'application/json', 'user-agent': `wink-webhook-mock/${version}` },
  body: JSON.stringify(exampleEvent),
  bodyBytes: JSON.stringify(exampleEvent).length,
  attempts: [
    {
      number: 1,
      time: exampleWebhook.createdDate,
      durationMs: 4,
      sent: { 'x-wink-mock-delivery-id': exampleId, 'x-wink-mock-delivery-attempt': '1' },
      firstByteMs: 3,
      status: 200,
      headers: { 'content-length': '0' },
      headersTruncated: false,
      body: '',
      bodyTruncated: false,
      error: null,
    },
  ],
  verdict: [
    {
      kind: 'answered-200',
      level: 'success',
      attempts: [1],
      says: 'It answered 200.',
      source: 'wink: its guide calls an answer of 200 a success',
    },
  ],
}

/** The event of {@link exampleDelivery}, after a wait. */
export const exampleTriggeredEvent = {
  event: { id: exampleEvent.id, type: exampleEvent.type },
  deliveries: [exampleDelivery],
  others: [],
  hints: [],
}

const examplePath = `${baseUrl}${exampleJournaledRequest.path}`

/** The example as a curl command. */
export const exampleCurl = `curl -i -X POST '${examplePath}' -H 'authorization: Bearer '"$WINK_TOKEN" -H 'content-type: application/json' --data-raw '${exampleJournaledRequest.body}'`

/** The example as part of an `.http` file. */
export const exampleTranscript = `### ${exampleJournaledRequest.time} create-webhook
POST ${examplePath} HTTP/1.1
authorization: Bearer {{WINK_TOKEN}}
content-type: application/json

${exampleJournaledRequest.body}
`

/** An archive without requests. */
export const exampleHar = {
  log: { version: '1.2', creator: { name: 'wink-webhook-mock', version }, entries: [] },
}

/** The beginning of a stream. */
export const exampleEventStream = `retry: 1000

event: request
id: ${exampleJournaledRequest.id}
data: {"id":"${exampleJournaledRequest.id}","method":"POST"}

`
