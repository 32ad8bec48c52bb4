import { expect, test } from '@playwright/test'

test('Wink creates a webhook', async ({ request }) => {
  const identifier = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
  const answer = await request.post(`/api/managing-entity/${identifier}/webhook`, {
    headers: { authorization: 'Bearer test' },
    data: {
      name: 'Playwright',
      entity: { identifier, name: 'Siam' },
      enabled: true,
      eventUrl: 'https://api.example.com/hook',
      eventList: [],
    },
  })
  expect(answer.status()).toBe(201)
})
