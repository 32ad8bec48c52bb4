/** A request without an answer: it may or may not have been carried out. */
export class UnknownOutcomeError extends Error {
  name = 'UnknownOutcomeError'
}

/** Retries every failure, as many HTTP clients do. */
export async function createWithRetry(create, attempts = 3) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create()
    } catch (error) {
      if (attempt === attempts) throw error
    }
  }
}

/** Retries only after a 503, which means "not carried out"; a broken connection tells nothing. */
export async function createWithCare(create, attempts = 3) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create()
    } catch (error) {
      if (error.status !== 503)
        throw new UnknownOutcomeError('look before you retry', { cause: error })
      if (attempt === attempts) throw error
    }
  }
}

/** Creates a webhook; rejects unless the answer is 201. */
export function requestOf({ baseUrl, entity, token }) {
  return async () => {
    const response = await fetch(`${baseUrl}/api/managing-entity/${entity.identifier}/webhook`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'Booking confirmation sync',
        entity,
        enabled: true,
        eventUrl: 'https://api.example.com/webhooks/wink/events',
        eventList: ['booking.create'],
      }),
    })
    if (response.status !== 201) {
      throw Object.assign(new Error(`answered ${response.status}`), { status: response.status })
    }
    return response.json()
  }
}
