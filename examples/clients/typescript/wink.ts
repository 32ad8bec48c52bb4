// Base URLs and data of the clients in this folder.
import { randomUUID } from 'node:crypto'

/** Base URL of the API; at Wink, https://api.wink.travel. */
export const apiUrl = required('WINK_API_URL')
/** Base URL of the token endpoint; at Wink, https://iam.wink.travel. */
export const iamUrl = required('WINK_IAM_URL')

export const unknownId = '00000000-0000-4000-8000-000000000000'

/** A new managing entity. */
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
