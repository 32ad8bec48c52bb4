import Fastify from 'fastify'
import { Webhook } from 'standardwebhooks'

/**
 * Receives Wink's events at `/webhooks/wink` and stores bookings, each once however often its event comes.
 *
 * @param secret - verifies signatures by Standard Webhooks; without it, events are taken unsigned
 */
export function buildReceiver({ secret } = {}) {
  const app = Fastify()
  const bookings = new Map()
  const webhook = secret && new Webhook(secret)
  app.decorate('bookings', bookings)

  // The signature covers the bytes, so they are verified before they are parsed.
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      done(null, webhook ? webhook.verify(bytes, request.headers) : JSON.parse(bytes))
    } catch (error) {
      done(Object.assign(error, { statusCode: webhook ? 401 : 400 }))
    }
  })

  app.post('/webhooks/wink', async ({ body: { id, type, object } }) => {
    // Wink may send an event again: its id tells that it is the same.
    if (type === 'booking.create' && !bookings.has(id)) bookings.set(id, object)
    return { received: id }
  })
  return app
}
