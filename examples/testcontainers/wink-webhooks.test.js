import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { GenericContainer, Wait } from 'testcontainers'
import { connectSandbox } from 'wink-webhook-mock/client'
import { WinkWebhooks } from './wink-webhooks.js'

const webhook = { name: 'Bookings', eventUrl: 'https://api.example.com/hook' }

let container, sandbox, tenant, client

before(async () => {
  container = await new GenericContainer(process.env.WINK_MOCK_IMAGE ?? 'wink-webhook-mock')
    .withExposedPorts(4010)
    .withWaitStrategy(Wait.forHttp('/__admin/health', 4010))
    .start()
  sandbox = await connectSandbox(`http://${container.getHost()}:${container.getMappedPort(4010)}`)
})
beforeEach(async () => {
  tenant = await sandbox.tenant()
  client = new WinkWebhooks(tenant)
})
after(() => container?.stop())

test('a webhook is registered', async () => {
  const created = await client.create(tenant.entity, webhook)
  assert.equal(created.version, 1)
  assert.deepEqual(await tenant.webhooks.list(), [created])
})

test('a 400 says what is wrong, and is not tried again', async () => {
  await assert.rejects(
    client.create(tenant.entity, { ...webhook, eventUrl: 'http://insecure' }),
    (error) => {
      assert.equal(error.status, 400)
      assert.deepEqual(
        error.errors.map(({ pointer }) => pointer),
        ['#/eventUrl'],
      )
      return true
    },
  )
  const [request, ...others] = await tenant.requests.find()
  assert.deepEqual(others, [])
  assert.equal(request.diagnosis.refusedBy.rule, 'body-schema')
})

test('a 503 is tried again after Retry-After', async () => {
  await tenant.faults.arm({
    match: { operation: 'create-webhook' },
    effect: { status: 503, retryAfterSeconds: 0 },
  })
  const waiting = tenant.requests.wait({ operation: 'create-webhook', count: 2 })
  const created = await client.create(tenant.entity, webhook)
  const requests = await waiting
  assert.deepEqual(
    requests.map(({ status }) => status),
    [503, 201],
  )
  assert.equal(requests[1].createdWebhookId, created.id)
})
