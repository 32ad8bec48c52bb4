import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import type { Webhook } from '../../../src/index.ts'
import { Webhook as WebhookSchema } from '../../../src/wink/webhooks/schema.ts'
import { entity, jwt, user, validBody, validHeaders, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

t.test('201 is the record, byte for byte, in the documented order (CONTRACT §3)', async (t) => {
  const response = await sandbox(t).create()
  t.equal(response.statusCode, 201)
  t.equal(response.headers['content-type'], 'application/json', 'no charset parameter')
  t.equal(response.headers.location, undefined, 'none is documented')
  t.equal(
    response.body,
    '{"id":"d6b5915c-4605-4bcb-805f-46f6433df656",' +
      '"createdDate":"2026-01-14T09:30:00.000Z",' +
      '"lastUpdate":"2026-01-14T09:30:00.000Z",' +
      '"version":1,' +
      '"userIdentifier":"705fc5b8-9e7f-5566-9a4c-11651cb1f47b",' +
      '"ownerIdentifier":"d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69",' +
      '"ownerName":"The Siam Residences, Bangkok",' +
      '"name":"Booking confirmation sync",' +
      '"enabled":true,' +
      '"eventUrl":"https://api.example.com/webhooks/wink/events",' +
      '"eventList":["booking.created"]}',
  )
})

t.test('by default ids are random and times are the machine’s (CONTRACT §3)', async (t) => {
  const { create } = sandbox(t, { clock: Date.now, ids: () => crypto.randomUUID() })
  const before = Date.now()
  const webhook = (await create()).json<Webhook>()
  t.match(webhook.id, uuidV4)
  t.ok(Date.parse(webhook.createdDate) >= before && Date.parse(webhook.createdDate) <= Date.now())
  t.equal(webhook.lastUpdate, webhook.createdDate)
  t.ok(Value.Check(WebhookSchema, webhook), 'the answer follows its schema')
})

t.test('two equal requests make two records (CONTRACT §3)', async (t) => {
  const { create } = sandbox(t)
  const [first, second] = [(await create()).json<Webhook>(), (await create()).json<Webhook>()]
  t.match([first.id, second.id], [uuidV4, uuidV4])
  t.not(first.id, second.id)
  t.strictSame({ ...first, id: '' }, { ...second, id: '' })
})

t.test('strings are escaped only where JSON requires it (RFC 8259 §7)', async (t) => {
  const { create, app } = sandbox(t)
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
  for (const name of [...ascii, '\u2028', 'ä€', '😀', '\ud7ff\ue000\uffff']) {
    const eventList = [name, 'booking.created', name]
    const { body } = await create({ payload: JSON.stringify({ ...validBody, name, eventList }) })
    const webhook = JSON.parse(body) as Webhook
    t.match(webhook, { name, eventList })
    t.equal(body, JSON.stringify(webhook))
    const url = `${webhooksOf(entity)}/${webhook.id}`
    const shown = await app.inject({ url, headers: validHeaders })
    t.equal(shown.body, body)
  }
})

t.test('identifiers that are no UUIDs are escaped like any text (RFC 8259 §7)', async (t) => {
  const quoted = '"a\\b"'
  const { create } = sandbox(t, { switches: { entityMismatch: 'path-wins' } })
  const { body } = await create({ url: webhooksOf(encodeURIComponent(quoted)) })
  t.match(JSON.parse(body), { ownerIdentifier: quoted })
})

t.test('values that are echoed unchanged (CONTRACT §2, §3)', (t) => {
  const cases: { name: string; body: object; echoed: object }[] = [
    {
      name: 'eventList keeps its order and its duplicates',
      body: { eventList: ['b', 'a', 'b'] },
      echoed: { eventList: ['b', 'a', 'b'] },
    },
    {
      name: 'an empty eventList is accepted',
      body: { eventList: [] },
      echoed: { eventList: [] },
    },
    {
      name: 'eventUrl is not normalised',
      body: { eventUrl: 'HTTPS://Api.Example.com:443/a/../b' },
      echoed: { eventUrl: 'HTTPS://Api.Example.com:443/a/../b' },
    },
    {
      name: 'ownerIdentifier is as sent in the body',
      body: { entity: { identifier: entity.toUpperCase(), name: 'x' } },
      echoed: { ownerIdentifier: entity.toUpperCase(), ownerName: 'x' },
    },
    { name: 'enabled may be false', body: { enabled: false }, echoed: { enabled: false } },
    {
      name: 'text of any script is kept',
      body: { name: 'ซิงค์ 🏝 \u0000"\\' },
      echoed: { name: 'ซิงค์ 🏝 \u0000"\\' },
    },
  ]
  for (const { name, body, echoed } of cases) {
    t.test(name, async (t) => {
      const response = await sandbox(t).create({ payload: { ...validBody, ...body } })
      t.equal(response.statusCode, 201)
      t.match(response.json(), echoed)
    })
  }
  t.end()
})

t.test('unknown fields are ignored and not echoed (CONTRACT §2)', async (t) => {
  const payload = JSON.stringify({ ...validBody, id: 'mine', extra: { deep: [1] } }).replace(
    '{',
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
  )
  const { create } = sandbox(t)
  const response = await create({ payload })
  t.equal(response.statusCode, 201)
  t.strictSame(
    Object.keys(response.json<Webhook>()),
    Object.keys((await create()).json<Webhook>()),
    'the members of any other record',
  )
  t.not(response.json<Webhook>().id, 'mine')
  t.notOk('polluted' in {})
})

t.test('path and body may differ in the case of the entity (CONTRACT §2)', async (t) => {
  const response = await sandbox(t).create({ url: webhooksOf(entity.toUpperCase()) })
  t.equal(response.statusCode, 201)
  t.equal(response.json<Webhook>().ownerIdentifier, entity)
})

t.test('userIdentifier (CONTRACT §3)', (t) => {
  const ofToken = async (t: Parameters<typeof sandbox>[0], token: string): Promise<string> => {
    const headers = { authorization: `Bearer ${token}` }
    return (await sandbox(t).create({ headers })).json<Webhook>().userIdentifier
  }
  t.test('is the sub of a JWT, if it is a UUID', async (t) => {
    t.equal(await ofToken(t, jwt({ sub: user })), user)
  })
  t.test('is the v5 UUID of any other token in the URL namespace (RFC 9562 §5.5)', async (t) => {
    t.equal(await ofToken(t, 'www.example.com'), 'b63cdfa4-3df9-568e-97ae-006c5b8fd652')
  })
  const noUser = [
    { name: 'a JWT whose sub is no UUID', token: jwt({ sub: 'alice' }) },
    { name: 'a JWT without sub', token: jwt({}) },
    { name: 'a JWT whose payload is null', token: `${jwt({}).split('.')[0] ?? ''}.bnVsbA.c2ln` },
    { name: 'two parts', token: jwt({ sub: user }).split('.').slice(0, 2).join('.') },
    { name: 'four parts', token: `${jwt({ sub: user })}.more` },
    { name: 'three parts that are no JSON', token: 'a.b.c' },
    { name: 'a header that is no JSON', token: jwt({ sub: user }).replace(/^[^.]*/, 'x') },
  ]
  for (const { name, token } of noUser) {
    t.test(`is the token’s own for ${name}`, async (t) => {
      const first = await ofToken(t, token)
      t.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab]/)
      t.equal(await ofToken(t, token), first, 'one token is always one user')
    })
  }
  t.end()
})

t.test('a full store (CONTRACT §1 step 9)', async (t) => {
  const { create } = sandbox(t, { maxWebhooks: 1 })
  t.equal((await create({ payload: 'null' })).statusCode, 400)
  t.equal((await create()).statusCode, 201, 'a refused request has taken no place')
  const response = await create()
  t.equal(response.statusCode, 503)
  t.equal(response.headers['retry-after'], '1')
  t.match(response.json(), { detail: /--max-webhooks \(WINK_MOCK_MAX_WEBHOOKS\)/ })
})
