// Parts of the requests of a recording.
export const entity = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
export const otherEntity = '0c7e4a52-61d3-4f0e-9b1d-2f6f3c8a9e10'
export const webhooks = `/api/managing-entity/${entity}/webhook`
export const unknownId = '14ebec38-30a5-4c2a-8200-1bb8539bb073'
export const valid = {
  name: 'Booking confirmation sync',
  entity: { identifier: entity, name: 'The Siam Residences, Bangkok' },
  enabled: true,
  eventUrl: 'https://api.example.com/webhooks/wink/events',
  eventList: ['booking.create'],
}
export const json = 'Content-Type: application/json'
export const form = 'Content-Type: application/x-www-form-urlencoded'
export const token = 'Authorization: Bearer test'
export const api = [token, json, 'Wink-Version: 2.0']

export const create = (name, overrides = {}) => ({
  name: `create: ${name}`,
  line: `POST ${webhooks}`,
  headers: api,
  body: JSON.stringify(valid),
  ...overrides,
})
export const withBody = (name, body) =>
  create(name, { body: typeof body === 'string' ? body : JSON.stringify(body) })
export const get = (line, headers = [token]) => ({ name: line, line, headers })
export const admin = (line, body) => ({
  name: `${line} ${body === undefined ? '' : JSON.stringify(body)}`,
  line,
  ...(body !== undefined && { headers: [json], body: JSON.stringify(body) }),
})
/** Stops the clock; the program may ask for the admin token or not. */
export const freeze = (instant) => {
  const request = admin('PUT /__admin/clock', { mode: 'frozen', instant })
  return { ...request, headers: [...request.headers, 'Authorization: Bearer secret'] }
}
