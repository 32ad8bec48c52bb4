/** What became of a request that got no answer is not known: it may have been carried out. */
export class UnknownOutcomeError extends Error {
  name = 'UnknownOutcomeError'
}

/** Retries whatever fails, as many HTTP clients are set up to do. */
export async function createWithRetry(create, attempts = 3) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await create()
    } catch (error) {
      if (attempt === attempts) throw error
    }
  }
}

/** Retries only what was not carried out: a 503 says so, a broken connection says nothing. */
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

/** One request that creates a webhook; it rejects unless that is answered with 201. */
export function requestOf({ baseUrl, managingEntityIdentifier, name, token }) {
  return async () => {
    const response = await fetch(
      `${baseUrl}/api/managing-entity/${managingEntityIdentifier}/webhook`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'Booking confirmation sync',
          entity: { identifier: managingEntityIdentifier, name },
          enabled: true,
          eventUrl: 'https://api.example.com/webhooks/wink/events',
          eventList: ['booking.create'],
        }),
      },
    )
    if (response.status !== 201) {
      throw Object.assign(new Error(`answered ${response.status}`), { status: response.status })
    }
    return response.json()
  }
}
