import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { GenericContainer, Wait } from 'testcontainers'
import { WinkWebhooks } from './wink-webhooks.js'

const entity = { identifier: 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69', name: 'The Siam Residences' }
const webhook = { name: 'Bookings', eventUrl: 'https://api.example.com/hook' }

let container
let baseUrl

before(async () => {
  container = await new GenericContainer(process.env.WINK_MOCK_IMAGE ?? 'wink-webhook-mock')
    .withExposedPorts(4010)
    .withWaitStrategy(Wait.forHttp('/__admin/health', 4010))
    .start()
  baseUrl = `http://${container.getHost()}:${container.getMappedPort(4010)}`
})

after(() => container?.stop())

test('a webhook is registered', async () => {
  const client = new WinkWebhooks({ baseUrl, token: 'test' })
  const created = await client.create(entity, webhook)
  assert.match(created.id, /^[\da-f-]{36}$/)
  assert.equal(created.version, 1)
  assert.equal(created.ownerIdentifier, entity.identifier)
  assert.equal(created.eventUrl, webhook.eventUrl)
})

test('a 400 says what is wrong, and is not tried again', async () => {
  const client = new WinkWebhooks({ baseUrl, token: 'test' })
  await assert.rejects(
    client.create(entity, { ...webhook, eventUrl: 'http://insecure' }),
    (error) => {
      assert.equal(error.status, 400)
      assert.deepEqual(
        error.errors.map(({ pointer }) => pointer),
        ['#/eventUrl'],
      )
      return true
    },
  )
})

test('a 503 is tried again', async () => {
  const statuses = []
  /** Makes the sandbox unavailable for the first request. */
  const unavailableOnce = async (url, init) => {
    const prefer = statuses.length === 0 ? { prefer: 'code=503' } : {}
    const response = await fetch(url, { ...init, headers: { ...init.headers, ...prefer } })
    statuses.push(response.status)
    return response
  }
  const client = new WinkWebhooks({ baseUrl, token: 'test', fetch: unavailableOnce })
  const created = await client.create(entity, webhook)
  assert.equal(created.name, 'Bookings')
  assert.deepEqual(statuses, [503, 201])
})
