// The create requests of all measurements.

export const entity = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
export const webhooksOf = (identifier) => `/api/managing-entity/${identifier}/webhook`

const events = [
  'booking.create',
  'managing_entity.created',
  'managing_entity.deleted',
  'managing_entity.name.updated',
  'account.under_review',
]
const eventUrl = 'https://api.example.com/webhooks/wink/events'
const uuid = (number, prefix) => `${prefix}-9e6f-4a1b-8d34-${number.toString(16).padStart(12, '0')}`
const bodyOf = (name, identifier, entityName, url, eventList) =>
  JSON.stringify({
    name,
    entity: { identifier, name: entityName },
    enabled: true,
    eventUrl: url,
    eventList,
  })

/** Functions that make the path, token and body of a numbered request, by how much one differs from the next. */
export const shapes = {
  /** Only the name differs: the best case for memory. */
  name: (number) => ({
    path: webhooksOf(entity),
    token: 'test',
    body: bodyOf(`Booking sync ${number}`, entity, 'The Siam Residences', eventUrl, [events[0]]),
  }),
  /** All differs except the managing entity and the user. */
  'one entity': (number) => ({
    path: webhooksOf(entity),
    token: 'test',
    body: bodyOf(`Booking sync ${number}`, entity, `Residence ${number}`, `${eventUrl}/${number}`, [
      events[number % events.length],
    ]),
  }),
  /** All differs: a managing entity and a user for each request. */
  all: (number) => {
    const identifier = uuid(number, 'd5b8a3c2')
    return {
      path: webhooksOf(identifier),
      token: `token-${number}`,
      body: bodyOf(
        `Booking sync ${number}`,
        identifier,
        `Residence ${number}`,
        `${eventUrl}/${number}`,
        [events[number % events.length]],
      ),
    }
  },
  /** Only the name differs, for 10,000 managing entities in turn. */
  '10,000 entities': (number) => {
    const identifier = uuid(number % 10_000, 'd5b8a3c2')
    const names = [`Booking sync ${number}`, identifier, 'The Siam Residences', eventUrl]
    return { path: webhooksOf(identifier), token: 'test', body: bodyOf(...names, [events[0]]) }
  },
}

/** A request as it goes over the wire. */
export const bytesOf = ({ path, token, body }) =>
  Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
