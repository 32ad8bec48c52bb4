import assert from 'node:assert/strict'
import { test } from 'node:test'

const { WINK_API_URL } = process.env

test('Wink creates a webhook', async () => {
  const identifier = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
  const { status } = await fetch(`${WINK_API_URL}/api/managing-entity/${identifier}/webhook`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'CI',
      entity: { identifier, name: 'Siam' },
      enabled: true,
      eventUrl: 'https://api.example.com/hook',
      eventList: [],
    }),
  })
  assert.equal(status, 201)
})
