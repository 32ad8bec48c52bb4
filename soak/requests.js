export const entity = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
/** A secret that answers, journal and log must mask. */
export const secret = 'soak-s3cret'
export const webhooksOf = (identifier = entity) => `/api/managing-entity/${identifier}/webhook`

/** A valid body; `members` replace its fields. */
export const bodyFor = (identifier = entity, members = {}) => ({
  name: 'Booking confirmation sync',
  entity: { identifier, name: 'The Siam Residences, Bangkok' },
  enabled: true,
  eventUrl: 'https://api.example.com/webhooks/wink/events',
  eventList: ['booking.create'],
  ...members,
})

/** The bytes of a request. A body that is an object is sent as JSON; undefined headers are omitted. */
export function requestBytes(method, target, { headers = {}, body } = {}) {
  const isJson = typeof body === 'object' && !Buffer.isBuffer(body)
  const content = Buffer.from(isJson ? JSON.stringify(body) : (body ?? ''))
  const fields = {
    host: 'localhost',
    ...(target.startsWith('/__admin') ? {} : { authorization: 'Bearer test' }),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': content.length }),
    ...headers,
  }
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([
    Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'),
    content,
  ])
}

export const createBytes = (identifier = entity, options = {}) =>
  requestBytes('POST', webhooksOf(identifier), { body: bodyFor(identifier), ...options })

export const resetBytes = (target = '/__admin/reset') => requestBytes('POST', target)

/** A token request; `fields` follow the grant type in the form. */
export const tokenBytes = (fields = '') =>
  requestBytes('POST', '/oauth2/token', {
    headers: {
      authorization: `Basic ${Buffer.from('my-client:my-secret').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=client_credentials${fields}`,
  })
