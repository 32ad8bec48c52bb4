/** Subscribes a managing entity to events of Wink; tries again once while Wink is unavailable. */
async function subscribe({ baseUrl, token, entity }, eventList, attempts = 2) {
  const response = await fetch(`${baseUrl}/api/managing-entity/${entity.identifier}/webhook`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Booking sync',
      entity,
      enabled: true,
      eventUrl: 'https://api.example.com/webhooks/wink/events',
      eventList,
    }),
  })
  const answer = await response.json()
  if (response.ok) return answer
  if (response.status === 503 && attempts > 1) {
    return subscribe({ baseUrl, token, entity }, eventList, attempts - 1)
  }
  throw new Error(`${response.status}: ${answer.detail}`)
}

module.exports = { subscribe }
