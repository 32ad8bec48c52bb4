import t from 'tap'
import {
  matcherOf,
  requestRow,
  shortPath,
  type RowFilter,
} from '../../src/console/live/request-row.ts'
import type { JournaledRequest } from '../../src/index.ts'

const refused: JournaledRequest = {
  id: '9c108a9a-aaf8-4808-9ffa-4ab020cf1364',
  time: '2026-11-23T14:18:34.272Z',
  method: 'POST',
  path: '/api/managing-entity/d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69/webhook',
  operation: 'create-webhook',
  managingEntityIdentifier: 'D5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  headers: {},
  body: '{"name":"Booking sync"}',
  bodyBytes: 23,
  status: 409,
  response: null,
  durationMs: 1.2,
  faults: [],
  createdWebhookId: null,
  diagnosis: {
    refusedBy: {
      rule: 'version',
      requirement: 'The version fits.',
      documentedIn: 'docs',
      source: 'doc',
      detail: 'It has version 2 now.',
    },
    hints: ['Did you mean booking.create?'],
  },
}

/** A request in which the parser found nothing. */
const broken: JournaledRequest = {
  ...refused,
  method: null,
  path: null,
  operation: null,
  managingEntityIdentifier: null,
  body: null,
  status: null,
  faults: [{ source: 'prefer', effect: { status: 503 }, when: 'before' }],
  diagnosis: { refusedBy: null, hints: [] },
}

t.test('a row has what the list shows', (t) => {
  t.match(requestRow(refused), { method: 'POST', status: 409, rule: 'version', isFaulted: false })
  t.match(requestRow(broken), { method: '', path: '', status: null, rule: '', isFaulted: true })
  t.end()
})

t.test('filters select rows', (t) => {
  const cases: { filter: RowFilter; selects: [refused: boolean, broken: boolean] }[] = [
    { filter: {}, selects: [true, true] },
    { filter: { status: '' }, selects: [true, true] },
    { filter: { status: '409' }, selects: [true, false] },
    { filter: { status: '4xx' }, selects: [true, false] },
    { filter: { status: '5xx' }, selects: [false, false] },
    { filter: { status: 'none' }, selects: [false, true] },
    { filter: { status: '(' }, selects: [false, false] },
    { filter: { operation: 'create-webhook' }, selects: [true, false] },
    { filter: { operation: 'create-token' }, selects: [false, false] },
    { filter: { entity: ' d5B8' }, selects: [true, false] },
    { filter: { entity: 'a3c2' }, selects: [false, false] },
    ...['booking SYNC', 'version 2', 'did you mean', '9c108a9a', '/WEBHOOK', '409'].map((text) => ({
      filter: { text },
      selects: [true, text === '9c108a9a'] as [boolean, boolean],
    })),
    { filter: { text: 'nothing like it' }, selects: [false, false] },
    { filter: { text: 'sync', status: '2xx' }, selects: [false, false] },
  ]
  for (const { filter, selects } of cases) {
    t.strictSame([refused, broken].map(requestRow).map(matcherOf(filter)), selects, filter)
  }
  t.end()
})

t.test('a path is cut to what tells requests apart', (t) => {
  const uuid = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
  t.equal(
    shortPath(`/api/managing-entity/${uuid}/webhook/${uuid}`),
    '…/d5b8a3c2…/webhook/d5b8a3c2…',
  )
  t.equal(shortPath('/oauth2/token'), '/oauth2/token')
  t.end()
})
