import t from 'tap'
import type { JournaledRequest } from '../../../src/index.ts'
import { entity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../../fixtures/wire.ts'

const create = `POST ${webhooksOf(entity)} HTTP/1.1`

type Hints = JournaledRequest['diagnosis']['hints']
const withEvents = (...eventList: unknown[]) => ({
  payload: JSON.stringify({ ...validBody, eventList }),
})
const unknownName = (name: string, question = ''): string =>
  `${JSON.stringify(name)} is not in Wink's event catalogue${question}`
const withMembers = (members: object) => ({
  payload: JSON.stringify({ ...validBody, eventList: [], ...members }),
})
const oldPath =
  'Wink had webhooks at /api/webhook once; send to /api/managing-entity/{managingEntityIdentifier}/webhook.'
const ownerType =
  'ownerType was retired and is ignored; the owner is the managing entity of the path, and entity has its identifier and name.'
const entityType =
  'type and subType of entity were retired and are ignored; entity has an identifier and a name, and answers have no ownerType.'
const slash = 'The path ends in a slash; leave it out.'
const doubled = 'The path has a doubled slash; one is enough.'
const noEntity = 'The path has no identifier behind /managing-entity/; put one there.'
const placeholder = 'The path has { or }, as a template has; put a value in its place.'
const blankAtEnd = 'The path ends in a blank; leave it out.'
const retired = (name: string, question = ''): string =>
  `${JSON.stringify(name)} was retired from Wink's event catalogue${question}`
const letters = 'Paths are case-sensitive; Wink writes them in lower case.'
const version =
  "Wink-Version is missing; its default is 2.0, but Wink's channel-manager guide requires it."

const hints: {
  name: string
  request: Parameters<ReturnType<typeof sandbox>['create']>[0]
  hints: Hints
}[] = [
  { name: 'a name of the catalogue', request: withEvents('booking.create'), hints: [] },
  {
    name: 'a name that is close to one',
    request: withEvents('booking.created', 'booking.created', 'boking.crate'),
    hints: [
      unknownName('booking.created', '; did you mean booking.create?'),
      unknownName('boking.crate', '; did you mean booking.create?'),
    ],
  },
  {
    name: 'a name that is close to none',
    request: withEvents('x', 'something.else.entirely'),
    hints: [unknownName('x'), unknownName('something.else.entirely')],
  },
  {
    name: 'a long name is cut',
    request: withEvents('é'.repeat(300)),
    hints: [unknownName('é'.repeat(100))],
  },
  {
    name: 'eleven names: ten hints',
    request: withEvents(...'abcdefghijk'.split('')),
    hints: 'abcdefghij'.split('').map((name) => unknownName(name)),
  },
  {
    name: 'names that the catalogue had once, and one that it never had',
    request: withEvents('account.create', 'account.updated', 'payment.completed'),
    hints: [
      retired('account.create', '; did you mean managing_entity.created?'),
      retired('account.updated'),
      unknownName('payment.completed', '; did you mean internal.payment.succeeded?'),
    ],
  },
  { name: 'what is no name', request: withEvents(1, null), hints: [] },
  { name: 'no list of names', request: { payload: '{"eventList":"x"}' }, hints: [] },
  { name: 'no object', request: { payload: 'null' }, hints: [] },
  { name: 'no JSON', request: { payload: '{' }, hints: [] },
  { name: 'a body that was cut', request: withEvents('x', 'y'.repeat(20_000)), hints: [] },
  { name: 'a slash at the end', request: { url: `${webhooksOf(entity)}/` }, hints: [slash] },
  { name: 'many', request: { url: `/api//bookings/` }, hints: [slash, doubled] },
  { name: 'a doubled slash', request: { url: `/api//managing-entity` }, hints: [doubled] },
  { name: 'no identifier', request: { url: webhooksOf('') }, hints: [noEntity] },
  {
    name: 'a placeholder',
    request: { method: 'GET', url: `${webhooksOf('{managingEntityIdentifier}')}/list` },
    hints: [placeholder],
  },
  {
    name: 'a placeholder, encoded, for a webhook that there is not',
    request: { method: 'GET', url: `${webhooksOf(entity)}/%7Bid%7D` },
    hints: [placeholder],
  },
  {
    name: 'a blank at the end',
    request: { method: 'GET', url: `${webhooksOf(entity)}/list%20` },
    hints: [blankAtEnd],
  },
  ...['', '/', '/list', '/event/list', '/14ebec38-30a5-4c2a-8200-1bb8539bb073'].map((rest) => ({
    name: `the old path, ${rest || 'bare'}`,
    request: { url: `/api/webhook${rest}` },
    hints: [...(rest === '/' ? [slash] : []), oldPath],
  })),
  {
    name: 'a retired member',
    request: withMembers({ ownerType: 'HOTEL' }),
    hints: [ownerType],
  },
  {
    name: 'the entity of a retired client',
    request: withMembers({ entity: { ...validBody.entity, type: 'HOTEL', subType: 'RESORT' } }),
    hints: [entityType],
  },
  {
    name: 'one of its two members, and a body that is refused',
    request: withMembers({ entity: { subType: 'RESORT' }, name: '' }),
    hints: [entityType],
  },
  ...[null, 'x', [], 1].map((entity) => ({
    name: `an entity that is no object: ${JSON.stringify(entity)}`,
    request: withMembers({ entity }),
    hints: [],
  })),
  {
    name: '/api twice',
    request: { url: `/api${webhooksOf(entity)}` },
    hints: ['The path has /api twice; a base URL has none.'],
  },
  {
    name: 'the token path below /api',
    request: { url: '/api/oauth2/token' },
    hints: ['Access tokens are at /oauth2/token.'],
  },
  { name: 'capitals', request: { url: '/api/Managing-Entity' }, hints: [letters] },
  {
    name: 'capitals of an identifier or an escape are as good as others',
    request: { url: `${webhooksOf(entity.toUpperCase())}s%2F` },
    hints: [],
  },
  { name: 'another path', request: { url: '/api/bookings' }, hints: [] },
  {
    name: 'another rule is about no path',
    request: { url: '/api/Bookings/', headers: { authorization: 'none' } },
    hints: [],
  },
]

for (const { name, request, hints: wanted } of hints) {
  t.test(`hints: ${name}`, async (t) => {
    const { app, create: inject } = sandbox(t)
    await inject(request)
    t.same(app.control.requests.find()[0]?.diagnosis.hints, wanted)
  })
}

t.test('hints: no version, its default was applied', async (t) => {
  const server = await listening(t)
  const body = JSON.stringify({ ...validBody, eventList: ['booking.create'] })
  const { status } = await exchange(
    t,
    server,
    requestText(create, {}, body).replace(/wink-version: .*\r\n/, ''),
  )
  t.equal(status, 201)
  t.same(server.requests.find()[0]?.diagnosis.hints, [version])
})
