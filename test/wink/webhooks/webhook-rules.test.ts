import t from 'tap'
import type { Webhook } from '../../../src/index.ts'
import {
  entity,
  otherEntity,
  seeded,
  validBody,
  webhookRequest,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

t.test('a blank is a character of a name (CONTRACT §2)', async (t) => {
  const { create } = sandbox(t)
  for (const name of [' ', '\t', '\u00a0']) {
    const payload = { ...validBody, name, entity: { identifier: entity, name } }
    const response = await create({ payload })
    t.equal(response.statusCode, 201, JSON.stringify(name))
    t.match(response.json(), { name, ownerName: name })
  }
})

t.test('entity.identifier is a UUID of any version (CONTRACT §2; RFC 9562)', async (t) => {
  const { create } = sandbox(t)
  const identifiers = [
    ...Array.from({ length: 8 }, (_, index) => entity.replace(/-4/, `-${index + 1}`)),
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    'd5b8a3c2-9e6f-4a1b-cd34-7c2e1f0a5b69',
  ]
  t.equal(new Set(identifiers).size, identifiers.length)
  for (const identifier of identifiers) {
    const payload = { ...validBody, entity: { identifier, name: 'x' } }
    const response = await create({ url: webhooksOf(identifier), payload })
    t.equal(response.statusCode, 201, identifier)
    t.equal(response.json<Webhook>().ownerIdentifier, identifier)
  }
})

t.test('a host with a broken xn-- label is taken if Node.js takes it (CONTRACT §2)', async (t) => {
  const { create } = sandbox(t)
  for (const host of [
    'xn--a',
    'xn--ab',
    'xn--',
    'xn--zzzzzz',
    'xn--a.example',
    'a.xn--0.example',
  ]) {
    const eventUrl = `https://${host}/hook`
    const { statusCode } = await create({ payload: { ...validBody, eventUrl } })
    t.equal(statusCode, URL.canParse(eventUrl) ? 201 : 400, eventUrl)
  }
})

t.test('the 403 of another managing entity has no challenge (CONTRACT §4)', async (t) => {
  const data = { tokens: [{ token: 'some-token', managingEntities: [otherEntity] }] }
  const { create } = sandbox(t, { data })
  const response = await create()
  t.equal(response.statusCode, 403)
  t.match(problemOf(t, response).detail, /may not manage/)
  t.notOk('www-authenticate' in response.headers)
})

t.test('a list has no pages, whatever is asked for (CONTRACT §6)', async (t) => {
  const webhooks = Array.from({ length: 1_100 }, (_, index) => ({
    ...seeded,
    id: seeded.id.replace(/.{4}$/, String(1_000 + index)),
  }))
  const { app } = sandbox(t, { data: { webhooks } })
  for (const query of ['', '?page=1&size=10', '?limit=1', '?offset=5']) {
    const response = await app.inject(webhookRequest('GET', `list${query}`))
    t.strictSame(response.json(), webhooks, query)
    t.notOk('link' in response.headers)
  }
})

t.test('the event types are the same for every managing entity (CONTRACT §6)', async (t) => {
  const { app } = sandbox(t)
  const of = async (identifier: string): Promise<string> => {
    const url = `${webhooksOf(identifier)}/event/list`
    return (await app.inject(webhookRequest('GET', '', { url }))).body
  }
  t.equal(await of(entity), await of(otherEntity))
})

t.test('no answer of a webhook has an ETag (CONTRACT §6)', async (t) => {
  const { app, create } = sandbox(t, { data: { webhooks: [seeded] } })
  const answers = [
    await create(),
    await app.inject(webhookRequest('GET', 'list')),
    await app.inject(webhookRequest('GET', seeded.id)),
    await app.inject(webhookRequest('HEAD', seeded.id)),
    await app.inject(webhookRequest('PATCH', seeded.id)),
    await app.inject(webhookRequest('PATCH', seeded.id, { headers: { 'if-match': '1' } })),
    await app.inject(webhookRequest('DELETE', seeded.id)),
  ]
  for (const { headers } of answers) t.notOk('etag' in headers)
})

t.test('a full store removes nothing to make room (CONTRACT §1 step 9)', async (t) => {
  for (const limit of [{ maxWebhooks: 2 }, { maxWebhookBytes: 1_000 }]) {
    const { app, create } = sandbox(t, limit)
    while ((await create()).statusCode === 201) t.pass()
    const stored = app.control.webhooks.list()
    t.equal(stored.length, 2)
    for (let count = 0; count < 3; count += 1) t.equal((await create()).statusCode, 503)
    t.strictSame(app.control.webhooks.list(), stored)
  }
})
