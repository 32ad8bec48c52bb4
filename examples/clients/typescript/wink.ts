// What all clients here share: where Wink is, and what they send.
import { randomUUID } from 'node:crypto'

/** Base URL of the API; at Wink, https://api.wink.travel. */
export const apiUrl = required('WINK_API_URL')
/** Base URL of what gives tokens; at Wink, https://iam.wink.travel. */
export const iamUrl = required('WINK_IAM_URL')

export const unknownId = '00000000-0000-4000-8000-000000000000'

/** A managing entity of a test's own. */
export const newEntity = () => ({ managingEntityIdentifier: randomUUID() })

export const inputOf = (identifier: string) => ({
  name: 'Bookings',
  entity: { identifier, name: 'The Siam Residences, Bangkok' },
  enabled: true,
  eventUrl: 'https://api.example.com/webhooks/wink/events',
  eventList: ['booking.create'],
})

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set; run "npm test"`)
  return value
}
