import t from 'tap'
import type { Switches } from '../../../src/index.ts'
import { entity, validBody, webhookData } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Invalid event URLs with the cause that the refusal names, under these switches. */
const eventUrls: { eventUrl: string; says: string; switches?: Partial<Switches> }[] = [
  {
    eventUrl: 'http://api.example.com/hook',
    says: 'it is an http URL: --allow-http-event-urls any accepts it, loopback only one of the machine itself',
  },
  {
    eventUrl: 'http://localhost:3000/hook',
    says: 'it is an http URL: --allow-http-event-urls any accepts it, loopback only one of the machine itself',
  },
  {
    eventUrl: 'http://api.example.com/hook',
    switches: { allowHttpEventUrls: 'loopback' },
    says: 'it is an http URL: --allow-http-event-urls any accepts it, loopback only one of the machine itself',
  },
  {
    eventUrl: ' https://api.example.com',
    says: 'it has a blank at its beginning or end: leave it out',
  },
  {
    eventUrl: 'https://api.example.com/\n',
    says: 'it has a blank at its beginning or end: leave it out',
  },
  { eventUrl: '', says: 'it is empty' },
  {
    eventUrl: 'https://api.example.com/{id}',
    says: 'it has { or }, as a template has: put a value in its place, or write %7B and %7D',
  },
  { eventUrl: 'https://api.example.com/a b', says: 'it has a blank: write %20' },
  {
    eventUrl: 'https://api.example.com\\hook',
    says: 'it has a backslash: write / or %5C',
  },
  { eventUrl: 'api.example.com/hook', says: 'it does not begin with https://' },
  { eventUrl: 'localhost:3000/hook', says: 'it does not begin with https://' },
  { eventUrl: 'https:api.example.com', says: 'it does not begin with https://' },
  { eventUrl: 'ftp://api.example.com', says: 'it does not begin with https://' },
  { eventUrl: 'https://', says: 'it has no host' },
  { eventUrl: 'https:///hook', says: 'it has no host' },
  { eventUrl: 'https://user@:443/hook', says: 'it has no host' },
  {
    eventUrl: 'https://me@example.com:pw@api.example.com/',
    says: 'its user info has an @: write %40',
  },
  {
    eventUrl: 'https://bücher.example/hook',
    says: 'its host is not ASCII: write xn--bcher-kva.example',
  },
  {
    eventUrl: 'https://user:geheim@bücher.example:8443/hook',
    says: 'its host is not ASCII: write xn--bcher-kva.example',
  },
  {
    eventUrl: `https://${'ü'.repeat(300)}.example/`,
    says: 'its host is not ASCII, and has no form in ASCII',
  },
  {
    eventUrl: 'https://ü\u00adb%zz.example/',
    says: 'its host is not ASCII, and has no form in ASCII',
  },
  {
    eventUrl: 'https://api.example.com/bücher',
    says: 'it has characters that are not ASCII: percent-encode them as UTF-8',
  },
  { eventUrl: 'https://api.example.com:https/', says: 'its port is no number' },
  { eventUrl: 'https://api.example.com:65536/', says: 'its port is over 65535' },
  { eventUrl: 'http://localhost:65536/', says: 'its port is over 65535' },
  { eventUrl: 'https://[::1]:65536', says: 'its port is over 65535' },
  {
    eventUrl: 'https://api.example.com/100%',
    says: 'it has a % without two hexadecimal digits: write %25',
  },
  { eventUrl: 'https://api.example.com/#a#b', says: 'it has more than one #: write %23' },
  {
    eventUrl: 'https://api.example.com/<id>',
    says: 'it has a character that a URI may not have: percent-encode it',
  },
  {
    eventUrl: 'https://api.example.com/?ids[]=1',
    says: 'it has brackets that are not those of an IPv6 address: write %5B and %5D',
  },
  {
    eventUrl: 'https://[::1]/?ids[]=1',
    says: 'it has brackets that are not those of an IPv6 address: write %5B and %5D',
  },
  { eventUrl: `https://${'a'.repeat(5_000)}/`, says: 'its host is too long' },
  { eventUrl: 'https://1.2.3.256/', says: 'its host is none that a URL can have' },
]

t.test('reports D9: the refusal of an eventUrl names its cause (CONTRACT §4)', async (t) => {
  for (const { eventUrl, says, switches = {} } of eventUrls) {
    const { create, app } = sandbox(t, { switches })
    const response = await create({ payload: { ...validBody, eventUrl } })
    const { detail, properties } = problemOf(t, response)
    const named = new RegExp(`^must be an absolute https URL .*; ${escaped(says)}$`)
    t.match(properties?.errors, [{ pointer: '#/eventUrl', detail: named }], eventUrl.slice(0, 80))
    t.ok(detail.endsWith(`; ${says}.`), 'the one sentence says it too')
    t.notMatch(response.body, /geheim/, 'nothing of the user info is repeated')
    const [entry] = app.control.requests.find()
    t.same(entry?.diagnosis.refusedBy?.violations, properties?.errors, 'and so does the journal')
  }
})

const halved = '; it has half of a surrogate pair, as an emoji that was cut in two'
const named = `must be a string of at least 1 character${halved}`

t.test(
  'reports D10: half an emoji is refused where it would be stored (RFC 8259 §8.2)',
  async (t) => {
    const { create, app } = sandbox(t)
    const half = '🎉'.slice(0, 1)
    const cases: { body: object; pointer: string; detail: string }[] = [
      { body: { name: half }, pointer: '#/name', detail: named },
      { body: { name: '🎉'.slice(1) }, pointer: '#/name', detail: named },
      { body: { name: ` a${half} ` }, pointer: '#/name', detail: named },
      {
        body: { entity: { identifier: entity, name: `a${half}` } },
        pointer: '#/entity/name',
        detail: named,
      },
      {
        body: { eventList: ['booking.create', half] },
        pointer: '#/eventList/1',
        detail: `must be a string${halved}`,
      },
    ]
    for (const { body, pointer, detail } of cases) {
      const response = await create({ payload: JSON.stringify({ ...validBody, ...body }) })
      t.equal(response.statusCode, 400)
      t.same(problemOf(t, response).properties?.errors, [{ pointer, detail }])
    }
    const whole = await create({ payload: JSON.stringify({ ...validBody, name: '🎉' }) })
    t.equal(whole.statusCode, 201)
    const ignored = await create({ payload: JSON.stringify({ ...validBody, unknown: half }) })
    t.equal(ignored.statusCode, 201, 'unknown members are ignored, whatever they are')

    const refused = { properties: { errors: [{ detail: named }] } }
    const post = (url: string, payload: object) =>
      app.inject({ method: url.endsWith('state') ? 'PUT' : 'POST', url, payload })
    t.match((await post('/__admin/tenants', { name: half })).json(), refused)
    const fault = { effect: { status: 503, detail: half } }
    t.match((await post('/__admin/faults', fault)).json(), refused)
    const state = { webhooks: [{ ...webhookData, name: half }] }
    t.match((await post('/__admin/state', state)).json(), refused)
  },
)

t.test('the refusal of any text names its cause (CONTRACT §4)', async (t) => {
  const { app } = sandbox(t)
  const cases: { since: string; says: string }[] = [
    {
      since: '2026-01-01T00:00:00 01:00',
      says: 'it has a blank where its offset has +: in a query + is a blank, write %2B',
    },
    { since: '2026-01-01 00:00:00Z', says: 'it has a blank between date and time: write T' },
    {
      since: '2026-01-01T00:00:00',
      says: 'it has no offset or no time: end it as in T00:00:00Z',
    },
    { since: '2026-01-01', says: 'it has no offset or no time: end it as in T00:00:00Z' },
    { since: ` ${entity}`, says: 'it has a blank at its beginning or end: leave it out' },
    { since: `urn:uuid:${entity}`, says: 'leave out urn:uuid:' },
    { since: `{${entity}}`, says: 'leave out { and }' },
    { since: '{id}', says: 'it is a placeholder: put a value in its place' },
    { since: entity.replaceAll('-', ''), says: 'it has no hyphens' },
  ]
  for (const { since, says } of cases) {
    const find = { method: 'POST', url: '/__admin/requests/find', payload: { since } } as const
    const errors = [{ pointer: '#/since', detail: new RegExp(`^must be .*; ${escaped(says)}$`) }]
    t.match((await app.inject(find)).json(), { properties: { errors } })
  }
  const fault = { match: { token: 'Bearer s3cr3t' }, effect: { status: 503 } }
  const response = await app.inject({ method: 'POST', url: '/__admin/faults', payload: fault })
  t.match(response.json(), {
    properties: {
      errors: [{ pointer: '#/match/token', detail: /; leave out the scheme, Bearer$/ }],
    },
  })
  t.notMatch(response.body, /s3cr3t/)
})

t.test('reports D6: a + in a query that meant %2B (CONTRACT §4)', async (t) => {
  const { app } = sandbox(t)
  const count = (since: string) => app.inject(`/__admin/requests/count?since=${since}`)
  const refused = await count('2026-01-01T00:00:00+01:00')
  t.equal(refused.statusCode, 400)
  t.match(problemOf(t, refused).detail, /in a query \+ is a blank, write %2B\.$/)
  t.equal((await count('2026-01-01T00:00:00%2B01:00')).statusCode, 200)
})

t.test('the refusal of an event name suggests a name and the switch (CONTRACT §4)', async (t) => {
  const { create } = sandbox(t, { switches: { unknownEventNames: 'refuse' } })
  const catalogue = "must be an event type of Wink's catalogue, such as booking.create; "
  const anything = '--unknown-event-names accept accepts any'
  const cases = [
    { name: 'booking.created', says: `booking.create may be meant; ${anything}` },
    {
      name: 'account.create',
      says: `Wink retired it; managing_entity.created may be meant; ${anything}`,
    },
    { name: 'something.else.entirely', says: anything },
    { name: 'booking.create ', says: 'it has a blank at its beginning or end: leave it out' },
  ]
  for (const { name, says } of cases) {
    const response = await create({ payload: { ...validBody, eventList: [name] } })
    const errors = [{ pointer: '#/eventList/0', detail: catalogue + says }]
    t.same(problemOf(t, response).properties?.errors, errors, name)
  }
})
