import { setTimeout } from 'node:timers/promises'

/** A request that Wink refused. */
export class WinkError extends Error {
  constructor({ status, title, detail, properties }) {
    super(`${status} ${title}: ${detail}`)
    this.status = status
    /** The violations of the body, with their places. */
    this.errors = properties?.errors ?? []
  }
}

/** Registers webhooks at Wink. */
export class WinkWebhooks {
  #baseUrl
  #token
  #retries

  constructor({ baseUrl, token, retries = 2 }) {
    this.#baseUrl = baseUrl
    this.#token = token
    this.#retries = retries
  }

  /** Registers a webhook of a managing entity; retries while Wink is unavailable. */
  async create(entity, { name, eventUrl, eventList = [], enabled = true }) {
    for (let attempt = 0; ; attempt += 1) {
      const response = await fetch(
        `${this.#baseUrl}/api/managing-entity/${entity.identifier}/webhook`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${this.#token}`,
            'content-type': 'application/json',
            'wink-version': '2.0',
          },
          body: JSON.stringify({ name, entity, enabled, eventUrl, eventList }),
        },
      )
      const body = await response.json()
      if (response.ok) return body
      if (response.status !== 503 || attempt === this.#retries) throw new WinkError(body)
      await setTimeout(Number(response.headers.get('retry-after') ?? 1) * 1000)
    }
  }
}
