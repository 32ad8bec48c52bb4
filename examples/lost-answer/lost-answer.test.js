import { deepEqual, equal, rejects } from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startSandbox } from 'wink-webhook-mock'
import { createWithCare, createWithRetry, requestOf, UnknownOutcomeError } from './clients.js'

let sandbox, tenant, create

before(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => {
  tenant = sandbox.tenant()
  create = requestOf(tenant)
})
after(() => sandbox.close())

const match = { operation: 'create-webhook' }
const lostAnswer = { match, when: 'after-commit', effect: { connection: 'connection-reset' } }
const statuses = () => tenant.requests.find().map(({ status }) => status)

test('a client that retries whatever fails subscribes twice when an answer is lost', async () => {
  tenant.faults.arm(lostAnswer)
  await createWithRetry(create)
  equal(tenant.webhooks.list().length, 2)
  deepEqual(statuses(), [null, 201], 'the journal shows a request without an answer')
  const created = tenant.requests.find().map(({ createdWebhookId }) => createdWebhookId)
  deepEqual(
    created,
    tenant.webhooks.list().map(({ id }) => id),
    'each of the two has stored a webhook',
  )
})

test('a client that takes care says that it does not know, and subscribes once', async () => {
  tenant.faults.arm(lostAnswer)
  await rejects(createWithCare(create), UnknownOutcomeError)
  equal(tenant.webhooks.list().length, 1)
})

test('both retry a 503, which was not carried out', async () => {
  for (const client of [createWithRetry, createWithCare]) {
    tenant.reset()
    tenant.faults.arm({ match, times: 2, effect: { status: 503 } })
    await client(create)
    equal(tenant.webhooks.list().length, 1)
    deepEqual(statuses(), [503, 503, 201])
  }
})
