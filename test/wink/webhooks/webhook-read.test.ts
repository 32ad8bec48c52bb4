import t from 'tap'
import { eventTypes } from '../../../src/wink/webhooks/event-types.ts'
import {
  entity,
  otherEntity,
  seeded,
  validBody,
  webhookRequest,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const other = {
  ...seeded,
  id: '7e2c9b10-3a4d-4f5e-8c6b-1d2e3f405162',
  ownerIdentifier: otherEntity,
}
const data = { webhooks: [seeded, other] }

t.test('load-webhook: the same answer as that of create-webhook', async (t) => {
  const { app, create } = sandbox(t)
  const created = await create()
  const response = await app.inject(webhookRequest('GET', created.json<{ id: string }>().id))
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json', 'no charset parameter')
  t.equal(response.body, created.body)
})

t.test('load-webhook: UUIDs are compared without regard to case (CONTRACT §2)', async (t) => {
  const { app } = sandbox(t, { data })
  const url = `${webhooksOf(entity.toUpperCase())}/${seeded.id.toUpperCase()}`
  t.strictSame((await app.inject(webhookRequest('GET', '', { url }))).json(), seeded)
})

t.test('show-webhooks: the webhooks of the entity, oldest first (CONTRACT §6)', async (t) => {
  const { app, create } = sandbox(t, { data })
  const created = [(await create()).json<object>(), (await create()).json<object>()]
  const cases = [
    { name: 'the entity', identifier: entity, webhooks: [seeded, ...created] },
    { name: 'in upper case', identifier: entity.toUpperCase(), webhooks: [seeded, ...created] },
    { name: 'another entity', identifier: otherEntity, webhooks: [other] },
    { name: 'an entity without webhooks', identifier: seeded.userIdentifier, webhooks: [] },
  ]
  for (const { name, identifier, webhooks } of cases) {
    const url = `${webhooksOf(identifier)}/list`
    const response = await app.inject(webhookRequest('GET', '', { url }))
    t.equal(response.statusCode, 200, name)
    t.equal(response.headers['content-type'], 'application/json')
    t.strictSame(response.json(), webhooks, name)
  }
})

t.test('show-webhook-events: the catalogue, label first (CONTRACT §6)', async (t) => {
  const response = await sandbox(t).app.inject(webhookRequest('GET', 'event/list'))
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json')
  t.match(response.body, /^\[\{"label":"Entity created","value":"managing_entity\.created"\},/)
  t.strictSame(response.json(), eventTypes)
})

t.test('timestamps local: in all answers of GET', async (t) => {
  const { app } = sandbox(t, { data, switches: { timestamps: 'local' } })
  const local = {
    ...seeded,
    createdDate: '2025-11-02T08:00:00',
    lastUpdate: '2025-12-24T18:00:00',
  }
  t.strictSame((await app.inject(webhookRequest('GET', seeded.id))).json(), local)
  t.strictSame((await app.inject(webhookRequest('GET', 'list'))).json(), [local])
})

t.test('HEAD works where GET does (CONTRACT §1)', async (t) => {
  const { app } = sandbox(t, { data })
  for (const path of ['list', 'event/list', seeded.id]) {
    const get = await app.inject(webhookRequest('GET', path))
    const head = await app.inject(webhookRequest('HEAD', path))
    t.equal(head.statusCode, 200, path)
    t.equal(head.headers['content-type'], 'application/json')
    t.equal(Number(head.headers['content-length']), get.rawPayload.length)
    t.equal(head.body, '')
  }
  t.equal((await app.inject(webhookRequest('HEAD', 'unknown'))).statusCode, 404)
})

t.test('the body of a GET is ignored', async (t) => {
  const { app } = sandbox(t, { data })
  const headers = { 'content-type': 'nonsense' }
  const response = await app.inject(webhookRequest('GET', seeded.id, { headers, payload: '{' }))
  t.equal(response.statusCode, 200)
})

t.test('an id that is unknown in the entity is 404 (CONTRACT §6)', async (t) => {
  const { app } = sandbox(t, { data })
  const ids = [
    other.id,
    validBody.name,
    'lis',
    'listing',
    'event',
    'a%2Fb',
    '__proto__',
    seeded.userIdentifier,
  ]
  for (const id of ids) {
    const response = await app.inject(webhookRequest('GET', encodeURI(id)))
    t.equal(response.statusCode, 404, id)
    t.match(problemOf(t, response).detail, /has no such webhook/)
  }
  const [request] = app.control.requests.find()
  t.match(request, {
    operation: 'load-webhook',
    diagnosis: { refusedBy: { rule: 'webhook-exists', documentedIn: /§6/ } },
  })
})
