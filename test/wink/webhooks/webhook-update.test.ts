import t from 'tap'
import {
  entity,
  otherEntity,
  seeded,
  validBody,
  webhookRequest,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { now, problemOf, sandbox } from '../../fixtures/sandbox.ts'

const data = {
  webhooks: [seeded, { ...seeded, id: '7e2c9b10-3a4d-4f5e-8c6b-1d2e3f405162', name: 'The second' }],
}
const input = {
  ...validBody,
  entity: { identifier: entity.toUpperCase(), name: 'Renamed' },
  eventList: ['booking.create', 'booking.created'],
}
const changed = {
  id: seeded.id,
  createdDate: seeded.createdDate,
  lastUpdate: now,
  version: 4,
  userIdentifier: seeded.userIdentifier,
  ownerIdentifier: entity.toUpperCase(),
  ownerName: 'Renamed',
  name: validBody.name,
  enabled: true,
  eventUrl: validBody.eventUrl,
  eventList: ['booking.create', 'booking.created'],
}

t.test(
  '200 with the fields in order; id, creator and creation date stay (CONTRACT §6)',
  async (t) => {
    const { app } = sandbox(t, { data })
    const [, second] = app.control.webhooks.list()
    const response = await app.inject(webhookRequest('PATCH', seeded.id, { payload: input }))
    t.equal(response.statusCode, 200)
    t.equal(response.headers['content-type'], 'application/json', 'no charset parameter')
    t.equal(response.body, JSON.stringify(changed))
    t.strictSame(app.control.webhooks.list(), [changed, second], 'its place in the list stays')
  },
)

t.test('each update increases the version and sets lastUpdate', async (t) => {
  const { app } = sandbox(t, { data, switches: { firstVersion: 0 } })
  const instants = ['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']
  for (const [index, instant] of instants.entries()) {
    app.control.clock.set({ mode: 'frozen', instant })
    const response = await app.inject(webhookRequest('PATCH', seeded.id.toUpperCase()))
    t.match(response.json(), { id: seeded.id, version: 4 + index, lastUpdate: instant })
  }
})

t.test('switches', (t) => {
  const cases = [
    {
      name: 'timestamps local',
      switches: { timestamps: 'local' as const },
      request: {},
      status: 200,
      answer: { createdDate: '2025-11-02T08:00:00', lastUpdate: '2026-01-14T09:30:00' },
    },
    {
      name: 'entityMismatch path-wins: the path owns it',
      switches: { entityMismatch: 'path-wins' as const },
      request: {
        url: `${webhooksOf(entity.toUpperCase())}/${seeded.id}`,
        payload: { ...validBody, entity: { identifier: otherEntity, name: 'Other' } },
      },
      status: 200,
      answer: { ownerIdentifier: entity.toUpperCase(), ownerName: 'Other' },
    },
    {
      name: 'unknownEventNames refuse',
      switches: { unknownEventNames: 'refuse' as const },
      request: {},
      status: 400,
      answer: { properties: { errors: [{ pointer: '#/eventList/0' }] } },
    },
    {
      name: 'allowHttpEventUrls any',
      switches: { allowHttpEventUrls: 'any' as const },
      request: { payload: { ...validBody, eventUrl: 'http://example.com' } },
      status: 200,
      answer: { eventUrl: 'http://example.com' },
    },
  ]
  for (const { name, switches, request, status, answer } of cases) {
    t.test(name, async (t) => {
      const { app } = sandbox(t, { data, switches })
      const response = await app.inject(webhookRequest('PATCH', seeded.id, request))
      t.equal(response.statusCode, status)
      t.match(response.json(), answer)
      t.equal(app.control.webhooks.list({ managingEntityIdentifier: entity }).length, 2)
    })
  }
  t.end()
})

t.test('a refused update changes nothing', async (t) => {
  const { app } = sandbox(t, { data })
  const before = app.control.webhooks.list()
  const cases = [
    { name: 'broken body', payload: '{', status: 400 },
    { name: 'not the schema', payload: { name: 'A part is not enough' }, status: 400 },
    { name: 'null', payload: 'null', status: 400 },
    {
      name: 'another entity in the body',
      payload: { ...validBody, entity: { identifier: otherEntity, name: 'Other' } },
      status: 400,
    },
    { name: 'unknown id', id: 'unknown', status: 404 },
    {
      name: 'of another entity',
      url: `${webhooksOf(otherEntity)}/${seeded.id}`,
      payload: { ...validBody, entity: { identifier: otherEntity, name: 'Other' } },
      status: 404,
    },
  ]
  for (const { name, id = seeded.id, status, ...request } of cases) {
    const response = await app.inject(webhookRequest('PATCH', id, request))
    t.equal(response.statusCode, status, name)
    problemOf(t, response)
    t.strictSame(app.control.webhooks.list(), before)
  }
})

t.test('a webhook in a full store can be updated', async (t) => {
  const { app } = sandbox(t, { data, maxWebhooks: 2 })
  t.equal((await app.inject(webhookRequest('PATCH', seeded.id))).statusCode, 200)
})

t.test('an after-commit fault loses the answer, not the update', async (t) => {
  const { app } = sandbox(t, { data })
  const match = { operation: 'update-webhook' as const }
  app.control.faults.arm({ match, when: 'after-commit', effect: { status: 503 } })
  t.equal((await app.inject(webhookRequest('GET', seeded.id))).statusCode, 200)
  t.equal((await app.inject(webhookRequest('PATCH', 'unknown'))).statusCode, 404)
  t.equal((await app.inject(webhookRequest('PATCH', seeded.id))).statusCode, 503)
  t.match((await app.inject(webhookRequest('GET', seeded.id))).json(), { version: 4 })
})

t.test('the journal has its operation and hints, and no created webhook', async (t) => {
  const { app } = sandbox(t, { data })
  await app.inject(webhookRequest('PATCH', seeded.id))
  t.match(app.control.requests.find({ operation: 'update-webhook' }), [
    {
      createdWebhookId: null,
      diagnosis: { refusedBy: null, hints: [/did you mean booking\.create\?/] },
    },
  ])
})

t.test('a reset restores the webhooks of the start', async (t) => {
  const { app } = sandbox(t, { data })
  const before = app.control.webhooks.list()
  await app.inject(webhookRequest('PATCH', seeded.id))
  app.control.reset()
  t.strictSame(app.control.webhooks.list(), before)
})
