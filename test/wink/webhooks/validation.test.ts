import t from 'tap'
import { otherEntity, validBody, webhooksOf, entity } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

/** The valid body without one of its fields. */
const without = (member: keyof typeof validBody): object =>
  Object.fromEntries(Object.entries(validBody).filter(([name]) => name !== member))
const withEntity = (part: unknown): object => ({ ...validBody, entity: part })
const { identifier, name } = validBody.entity

/** Bodies with one violation of CONTRACT §2, and its pointer: missing, null, wrong type, empty, boundary. */
const broken: { name: string; body: unknown; pointer: string }[] = [
  { name: 'null, as in the documentation’s curl line', body: null, pointer: '#' },
  { name: 'an array', body: [validBody], pointer: '#' },
  { name: 'a string', body: 'webhook', pointer: '#' },
  { name: 'a number', body: 1, pointer: '#' },
  { name: 'a boolean', body: true, pointer: '#' },

  { name: 'name missing', body: without('name'), pointer: '#/name' },
  { name: 'name null', body: { ...validBody, name: null }, pointer: '#/name' },
  { name: 'name empty', body: { ...validBody, name: '' }, pointer: '#/name' },
  { name: 'name a number: not coerced', body: { ...validBody, name: 1 }, pointer: '#/name' },
  { name: 'name an array: not unwrapped', body: { ...validBody, name: ['a'] }, pointer: '#/name' },

  { name: 'entity missing', body: without('entity'), pointer: '#/entity' },
  { name: 'entity null', body: withEntity(null), pointer: '#/entity' },
  { name: 'entity a string', body: withEntity(identifier), pointer: '#/entity' },
  { name: 'entity an array', body: withEntity([{ identifier, name }]), pointer: '#/entity' },
  { name: 'identifier missing', body: withEntity({ name }), pointer: '#/entity/identifier' },
  {
    name: 'identifier null',
    body: withEntity({ identifier: null, name }),
    pointer: '#/entity/identifier',
  },
  {
    name: 'identifier empty',
    body: withEntity({ identifier: '', name }),
    pointer: '#/entity/identifier',
  },
  {
    name: 'identifier no UUID',
    body: withEntity({ identifier: 'hotel-1', name }),
    pointer: '#/entity/identifier',
  },
  {
    name: 'identifier a UUID as URN',
    body: withEntity({ identifier: `urn:uuid:${identifier}`, name }),
    pointer: '#/entity/identifier',
  },
  {
    name: 'identifier a UUID and a line break',
    body: withEntity({ identifier: `${identifier}\n`, name }),
    pointer: '#/entity/identifier',
  },
  {
    name: 'identifier without hyphens',
    body: withEntity({ identifier: identifier.replaceAll('-', ''), name }),
    pointer: '#/entity/identifier',
  },
  {
    name: 'identifier of another entity than the path',
    body: withEntity({ identifier: otherEntity, name }),
    pointer: '#/entity/identifier',
  },
  { name: 'entity name missing', body: withEntity({ identifier }), pointer: '#/entity/name' },
  {
    name: 'entity name empty',
    body: withEntity({ identifier, name: '' }),
    pointer: '#/entity/name',
  },
  { name: 'entity name 1', body: withEntity({ identifier, name: 1 }), pointer: '#/entity/name' },

  { name: 'enabled missing: no default', body: without('enabled'), pointer: '#/enabled' },
  { name: 'enabled null', body: { ...validBody, enabled: null }, pointer: '#/enabled' },
  {
    name: 'enabled "true": not coerced',
    body: { ...validBody, enabled: 'true' },
    pointer: '#/enabled',
  },
  { name: 'enabled 1: not coerced', body: { ...validBody, enabled: 1 }, pointer: '#/enabled' },

  { name: 'eventUrl missing', body: without('eventUrl'), pointer: '#/eventUrl' },
  { name: 'eventUrl null', body: { ...validBody, eventUrl: null }, pointer: '#/eventUrl' },
  { name: 'eventUrl empty', body: { ...validBody, eventUrl: '' }, pointer: '#/eventUrl' },

  { name: 'eventList missing', body: without('eventList'), pointer: '#/eventList' },
  { name: 'eventList null', body: { ...validBody, eventList: null }, pointer: '#/eventList' },
  {
    name: 'eventList a string: not wrapped',
    body: { ...validBody, eventList: 'a' },
    pointer: '#/eventList',
  },
  {
    name: 'eventList an object',
    body: { ...validBody, eventList: { 0: 'a' } },
    pointer: '#/eventList',
  },
  {
    name: 'an event null',
    body: { ...validBody, eventList: ['a', null] },
    pointer: '#/eventList/1',
  },
  { name: 'an event a number', body: { ...validBody, eventList: [1] }, pointer: '#/eventList/0' },
]

t.test('a single violation has a pointer (CONTRACT §2, §4)', (t) => {
  for (const { name, body, pointer } of broken) {
    t.test(name, async (t) => {
      const response = await sandbox(t).create({ payload: JSON.stringify(body) })
      t.equal(response.statusCode, 400)
      const { properties, instance } = problemOf(t, response)
      t.strictSame(
        properties?.errors?.map((error) => error.pointer),
        [pointer],
      )
      t.match(properties?.errors?.[0]?.detail, /^must be|^must have/)
      t.equal(instance, webhooksOf(entity))
    })
  }
  t.end()
})

t.test('eventUrl is an RFC 3986 URI and a usable https URL (CONTRACT §2)', (t) => {
  const accepted = [
    'https://api.example.com/webhooks/wink/events',
    'https://localhost',
    'https://localhost:8443/hook',
    'https://127.0.0.1/hook',
    'https://[::1]:8443/hook',
    'https://user:secret@example.com/hook',
    'https://example.com:65535',
    'https://example.com:/',
    'https://example.com?x=/&y=%C3%A9#fragment',
    'https://example.com/a/../b//c;d=1',
    'https://xn--bcher-kva.example/',
    'https://a_b.example/',
    'https://%65xample.com/',
    'HTTPS://EXAMPLE.COM/',
  ]
  const refused = [
    'http://example.com/hook',
    'ftp://example.com/',
    'wss://example.com/',
    'example.com/hook',
    '//example.com/hook',
    '/hook',
    'https:',
    'https:example.com',
    'https:/example.com',
    'https://',
    'https:///hook',
    'https://?x',
    'https://:443/',
    'https://user@/hook',
    'https://example.com:65536/',
    'https://example.com:99999999999/',
    'https://example.com:80a/',
    'https://exa mple.com/',
    'https://example.com/a b',
    ' https://example.com/',
    'https://example.com/\n',
    'https://example.com/é',
    'https://bücher.example/',
    'https://example.com/<id>',
    'https://example.com/"',
    'https://example.com/{id}',
    'https://example.com/a|b',
    'https://example.com\\hook',
    'https://example.com/%',
    'https://example.com/%zz',
    'https://example.com/#a#b',
    'https://example.com/[x]',
    'https://[::1/',
    'https://[1::2::3]/',
    'https://[v1.x]/',
    'https://1.2.3.256/',
    'https://%00.example/',
    'https://a%20b.example/',
    'https://a@b@example.com/',
    `https://${'a.'.repeat(2_049)}`,
    `https://xn--${'ab9'.repeat(300_000)}`,
  ]
  for (const eventUrl of accepted) {
    t.test(`accepted and echoed: ${eventUrl}`, async (t) => {
      const response = await sandbox(t).create({ payload: { ...validBody, eventUrl } })
      t.equal(response.statusCode, 201)
      t.equal(response.json<{ eventUrl: string }>().eventUrl, eventUrl)
    })
  }
  for (const eventUrl of refused) {
    t.test(`refused: ${JSON.stringify(eventUrl.slice(0, 60))}`, async (t) => {
      const response = await sandbox(t).create({ payload: { ...validBody, eventUrl } })
      t.equal(response.statusCode, 400)
      t.match(problemOf(t, response).properties?.errors, [
        { pointer: '#/eventUrl', detail: /https URL \(RFC 3986\)/ },
      ])
    })
  }
  t.end()
})

t.test('all violations are reported, not only the first (CONTRACT §2)', async (t) => {
  const response = await sandbox(t).create({
    payload: { entity: { name: 1 }, eventList: [1, 'a', {}] },
  })
  const { detail, properties } = problemOf(t, response)
  t.match(detail, /breaks 7 rules; properties\.errors lists them/)
  t.strictSame(properties?.errors?.map((error) => error.pointer).sort(), [
    '#/enabled',
    '#/entity/identifier',
    '#/entity/name',
    '#/eventList/0',
    '#/eventList/2',
    '#/eventUrl',
    '#/name',
  ])
})

t.test(
  'attacks 04: the first 50 violations are listed, and 1,000 are counted (CONTRACT §2)',
  async (t) => {
    for (const [wrong, says] of [
      [50, /breaks 50 rules; properties\.errors lists them/],
      [51, /breaks 51 rules; properties\.errors lists the first 50/],
      [1_000, /breaks 1000 rules; properties\.errors lists the first 50/],
      [1_001, /breaks more than 1,000 rules; properties\.errors lists the first 50/],
      [400_000, /breaks more than 1,000 rules; properties\.errors lists the first 50/],
    ] as const) {
      const response = await sandbox(t).create({
        payload: JSON.stringify({ ...validBody, eventList: Array(wrong).fill(1) }),
      })
      t.equal(response.statusCode, 400)
      const { detail, properties } = problemOf(t, response)
      t.match(detail, says)
      t.equal(properties?.errors?.length, 50)
      t.equal(properties?.errors?.at(-1)?.pointer, '#/eventList/49')
    }
  },
)
