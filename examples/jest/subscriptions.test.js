const { connectSandbox } = require('wink-webhook-mock/client')
const { subscribe } = require('./subscriptions.js')

let sandbox, tenant

beforeAll(async () => {
  sandbox = await connectSandbox(process.env.WINK_SANDBOX_URL)
})
beforeEach(async () => {
  tenant = await sandbox.tenant()
})

test('subscribes to the events', async () => {
  const { id } = await subscribe(tenant, ['booking.create'])
  expect(await tenant.webhooks.list()).toMatchObject([{ id, eventList: ['booking.create'] }])
})

test('tries again after a 503', async () => {
  await tenant.faults.arm({ effect: { status: 503 } })
  const waiting = tenant.requests.wait({ count: 2 })
  await subscribe(tenant, [])
  expect((await waiting).map(({ status }) => status)).toEqual([503, 201])
})

test('gives up after two attempts', async () => {
  await tenant.faults.arm({ times: 2, effect: { status: 503, detail: 'Down for maintenance.' } })
  await expect(subscribe(tenant, [])).rejects.toThrow('503: Down for maintenance.')
  expect(await tenant.webhooks.list()).toEqual([])
})

test('asks only for events that are in the catalogue of Wink', async () => {
  await subscribe(tenant, ['booking.create'])
  const [request] = await tenant.requests.find()
  expect(request.diagnosis.hints.join()).not.toContain('event catalogue')
})
