import t from 'tap'
import { buildApp, type Switches, type Webhook } from '../../../src/index.ts'
import {
  entity,
  otherEntity,
  validBody,
  webhooksOf,
  type Overrides,
} from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

t.test('switches that change a webhook', (t) => {
  const utc = '2026-01-14T09:30:00.000Z'
  const path = { url: webhooksOf(otherEntity) }
  const cases: {
    name: string
    switches?: Partial<Switches>
    request?: Overrides
    record: Partial<Webhook>
  }[] = [
    { name: 'none', record: { createdDate: utc, lastUpdate: utc, version: 1 } },
    {
      name: 'timestamps utc',
      switches: { timestamps: 'utc' },
      record: { createdDate: utc, lastUpdate: utc },
    },
    {
      name: 'timestamps local: as in the examples',
      switches: { timestamps: 'local' },
      record: { createdDate: '2026-01-14T09:30:00', lastUpdate: '2026-01-14T09:30:00' },
    },
    { name: 'firstVersion 0', switches: { firstVersion: 0 }, record: { version: 0 } },
    { name: 'firstVersion 1', switches: { firstVersion: 1 }, record: { version: 1 } },
    {
      name: 'entityMismatch path-wins: the path owns the webhook',
      switches: { entityMismatch: 'path-wins' },
      request: path,
      record: { ownerIdentifier: otherEntity, ownerName: validBody.entity.name },
    },
    {
      name: 'entityMismatch path-wins: as written in the path',
      switches: { entityMismatch: 'path-wins' },
      request: { url: webhooksOf(entity.toUpperCase()) },
      record: { ownerIdentifier: entity.toUpperCase() },
    },
    {
      name: 'entityMismatch path-wins: a path that names no UUID',
      switches: { entityMismatch: 'path-wins' },
      request: { url: webhooksOf('hotel%201') },
      record: { ownerIdentifier: 'hotel 1' },
    },
  ]
  for (const { name, switches = {}, request, record } of cases) {
    t.test(name, async (t) => {
      const { create } = sandbox(t, { switches })
      const response = await create(request)
      t.equal(response.statusCode, 201)
      t.match(response.json(), record)
      const members = Object.keys((await sandbox(t).create()).json<Webhook>())
      t.strictSame(Object.keys(response.json<Webhook>()), members, 'the same members in order')
    })
  }
  t.end()
})

t.test('local timestamps are UTC whatever the clock of the machine says', async (t) => {
  const clock = (): number => Date.parse('2026-01-01T03:15:07.987+07:00')
  const { create } = sandbox(t, { clock, switches: { timestamps: 'local' } })
  t.match((await create()).json(), { createdDate: '2025-12-31T20:15:07' })
})

t.test('switches that refuse or accept', (t) => {
  const eventList = ['booking.create', 'booking.created', 'booking.cancelled', 'Booking.create', '']
  const detail = "must be an event type of Wink's catalogue, such as booking.create"
  const strange = { payload: { ...validBody, eventList } }
  const old = { headers: { 'wink-version': '1.0' } }
  const mismatch = { url: webhooksOf(otherEntity) }
  const violations = [1, 3, 4].map((index) => ({ pointer: `#/eventList/${index}`, detail }))
  const cases: {
    name: string
    switches?: Partial<Switches>
    request: Overrides
    status: number
    errors?: object[]
  }[] = [
    { name: 'unknownEventNames by default', request: strange, status: 201 },
    {
      name: 'unknownEventNames accept',
      switches: { unknownEventNames: 'accept' },
      request: strange,
      status: 201,
    },
    {
      name: 'unknownEventNames refuse: each is pointed at',
      switches: { unknownEventNames: 'refuse' },
      request: strange,
      status: 400,
      errors: violations,
    },
    {
      name: 'unknownEventNames refuse: what is no string is refused in the same words',
      switches: { unknownEventNames: 'refuse' },
      request: { payload: { ...validBody, eventList: ['booking.create', 1] } },
      status: 400,
      errors: [{ pointer: '#/eventList/1', detail }],
    },
    {
      name: 'unknownEventNames refuse: an empty list is every event',
      switches: { unknownEventNames: 'refuse' },
      request: { payload: { ...validBody, eventList: [] } },
      status: 201,
    },
    { name: 'winkVersion by default', request: old, status: 400 },
    {
      name: 'winkVersion check',
      switches: { winkVersion: 'check' },
      request: old,
      status: 400,
    },
    ...['1.0', '', 'nonsense', ['2.0', '3.0']].map((version) => ({
      name: `winkVersion ignore: ${JSON.stringify(version)}`,
      switches: { winkVersion: 'ignore' as const },
      request: { headers: { 'wink-version': version } },
      status: 201,
    })),
    {
      name: 'winkVersion ignore: the media type is looked at all the same',
      switches: { winkVersion: 'ignore' },
      request: { headers: { 'content-type': 'text/plain' } },
      status: 415,
    },
    ...['1.0', '', ['2.0', '2.0']].map((version) => ({
      name: `winkVersion require: ${JSON.stringify(version)}`,
      switches: { winkVersion: 'require' as const },
      request: { headers: { 'wink-version': version } },
      status: 400,
    })),
    ...['2.0', '2.0.0'].map((version) => ({
      name: `winkVersion require: ${version}`,
      switches: { winkVersion: 'require' as const },
      request: { headers: { 'wink-version': version } },
      status: 201,
    })),
    { name: 'entityMismatch by default', request: mismatch, status: 400 },
    {
      name: 'entityMismatch refuse',
      switches: { entityMismatch: 'refuse' },
      request: mismatch,
      status: 400,
      errors: [{ pointer: '#/entity/identifier' }],
    },
    {
      name: 'entityMismatch path-wins: the body must be valid all the same',
      switches: { entityMismatch: 'path-wins' },
      request: { payload: { ...validBody, entity: { identifier: 'x', name: 'y' } } },
      status: 400,
      errors: [{ pointer: '#/entity/identifier' }],
    },
  ]
  for (const { name, switches = {}, request, status, errors } of cases) {
    t.test(`${name}: ${status}`, async (t) => {
      const response = await sandbox(t, { switches }).create(request)
      t.equal(response.statusCode, status)
      if (status === 201) return
      const { properties } = problemOf(t, response)
      if (!errors) return
      t.match(properties?.errors, errors)
      t.equal(properties?.errors?.length, errors.length)
    })
  }
  t.end()
})

t.test('with path-wins, the entity of the path must exist and be managed', async (t) => {
  const data = {
    managingEntities: [
      { identifier: entity, name: 'Siam' },
      { identifier: otherEntity, name: 'Another' },
    ],
    tokens: [{ token: 'some-token', managingEntities: [entity] }],
  }
  const { create } = sandbox(t, { data, switches: { entityMismatch: 'path-wins' } })
  t.equal((await create({ url: webhooksOf('hotel') })).statusCode, 404)
  t.equal((await create({ url: webhooksOf(otherEntity) })).statusCode, 403)
  t.equal((await create()).statusCode, 201)
})

t.test('two sandboxes have independent switches', async (t) => {
  const lax = sandbox(t, { switches: { allowHttpEventUrls: 'any' } })
  const strict = sandbox(t, { switches: { unknownEventNames: 'refuse' } })
  const payload = { ...validBody, eventUrl: 'http://example.com' }
  const status = async (t: { create: typeof lax.create }, payload: object): Promise<number> =>
    (await t.create({ payload })).statusCode
  t.equal(await status(lax, payload), 201)
  t.equal(await status(strict, payload), 400)
  t.equal(await status(strict, { ...payload, eventList: [] }), 400)
  t.equal(await status(lax, validBody), 201)
})

t.test('invalid switches are refused with their name and their values', (t) => {
  const cases: { switches: object; says: string | RegExp }[] = [
    {
      switches: { allowHttpEventUrls: 'yes' },
      says: 'switches.allowHttpEventUrls must be one of none, loopback, any, not string yes',
    },
    {
      switches: { timestamps: 'local', unknownEventNames: true },
      says: 'switches.unknownEventNames must be one of accept, refuse, not boolean true',
    },
    {
      switches: { firstVersion: 2 },
      says: 'switches.firstVersion must be a whole number from 0 to 1, not number 2',
    },
    {
      switches: { firstVersion: '1' },
      says: 'switches.firstVersion must be a whole number from 0 to 1, not string 1',
    },
    {
      switches: { winkVersion: null },
      says: /^switches\.winkVersion must be one of check, ignore, require/,
    },
    {
      switches: { timestamp: 'local' },
      says: /^switches\.timestamp is no switch; use allowHttpEventUrls, timestamps, /,
    },
    { switches: { constructor: 'x' }, says: /^switches\.constructor is no switch/ },
  ]
  for (const { switches, says } of cases) {
    t.throws(() => buildApp({ switches }), { name: 'RangeError', message: says })
  }
  t.end()
})

t.test('an undefined switch has its default, and the given object is not changed', async (t) => {
  const switches = { timestamps: undefined, firstVersion: 0 }
  const { create } = sandbox(t, { switches: switches as object })
  t.match((await create()).json(), { createdDate: /Z$/, version: 0 })
  t.strictSame(switches, { timestamps: undefined, firstVersion: 0 })
})
