import t from 'tap'
import {
  deliveryOf,
  type Attempt,
  type DeliveryRecord,
} from '../../../src/control/deliveries/delivery.ts'
import { DeliveryStore } from '../../../src/control/deliveries/store.ts'
import { deliveryView } from '../../../src/control/deliveries/view.ts'
import type { SkipReason } from '../../../src/index.ts'
import { entity, otherEntity } from '../../fixtures/requests.ts'

const kibibyte = 1024

/** An event with a body of this length. */
const contentOf = (bytes: number) => ({
  headers: {},
  body: Buffer.alloc(bytes, 'x'),
  retryDelaysMs: [0, 0],
  secret: undefined,
})

interface Given {
  readonly id: string
  readonly managingEntityIdentifier?: string
  readonly reason?: SkipReason
}

const deliveryIn = (
  content: ReturnType<typeof contentOf>,
  { id, managingEntityIdentifier = entity, reason }: Given,
): DeliveryRecord =>
  deliveryOf({
    id,
    event: { id: 'e', type: 'x', bodyBytes: content.body.length },
    content,
    managingEntityIdentifier,
    webhookId: 'w',
    registeredUrl: 'https://a.example',
    destination: reason === undefined ? 'http://a.example' : { reason, hint: '' },
    copy: 1,
    firstAnswer: { status: undefined },
  })

/** A store, with what the tests do to it. */
function storeOf(count: number, bytes: number) {
  const store = new DeliveryStore({ count, bytes })
  const add = (bodyBytes: number, ...given: Given[]): DeliveryRecord[] => {
    const content = contentOf(bodyBytes)
    const deliveries = given.map((one) => deliveryIn(content, one))
    store.add(deliveries, content)
    return deliveries
  }
  const ids = (): string[] => store.find({}).map(({ id }) => id)
  return { store, add, ids }
}

const answered = (bytes: number): Attempt => ({
  timeMs: 0,
  durationMs: 1,
  status: 500,
  headers: ['a', 'b'],
  body: Buffer.alloc(bytes, 'x'),
})

t.test('what is evicted or forgotten is empty: who waits for it may hold it for long', (t) => {
  const { store, add, ids } = storeOf(2, 64 * kibibyte)
  const [first] = add(kibibyte, { id: '1' }) as [DeliveryRecord]
  first.attempts.push(answered(kibibyte), { timeMs: 0, durationMs: 1, error: 'it failed' })
  first.state = 'failed'
  store.changed(first)
  t.match(deliveryView(first), { detail: null, body: /^x/, attempts: [{ body: /^x/ }, {}] })
  const [second] = add(0, { id: '2' }, { id: '3' }) as [DeliveryRecord]
  t.strictSame(ids(), ['2', '3'])
  t.match(deliveryView(first), {
    state: 'failed',
    detail: /no longer keeps it/,
    body: '',
    bodyBytes: kibibyte,
    attempts: [
      { status: 500, headers: {}, headersTruncated: true, body: '', bodyTruncated: true },
      { headers: null, headersTruncated: false, body: null, error: 'it failed' },
    ],
  })
  store.forget([second])
  second.attempts.push(answered(kibibyte))
  store.changed(second)
  t.match(deliveryView(second), { attempts: [{ body: '' }] }, 'also what comes later')
  t.end()
})

t.test('deliveries that are pending lose their answers, older ones first', (t) => {
  const { store, add } = storeOf(10, 40 * kibibyte)
  const [one, two] = add(0, { id: '1' }, { id: '2' }) as [DeliveryRecord, DeliveryRecord]
  const bodies = (): number[][] =>
    [one, two].map(({ attempts }) => attempts.map(({ body }) => Number(body?.length)))
  const attempt = (delivery: DeliveryRecord, kibibytes: number): void => {
    delivery.attempts.push(answered(kibibytes * kibibyte))
    store.changed(delivery)
  }
  attempt(one, 10)
  attempt(one, 9)
  attempt(two, 8)
  t.same(
    bodies(),
    [[10, 9], [8]].map((lengths) => lengths.map((length) => length * kibibyte)),
  )
  attempt(two, 11)
  t.same(bodies(), [
    [0, 9 * kibibyte],
    [8 * kibibyte, 11 * kibibyte],
  ])
  attempt(two, 12)
  t.same(
    bodies(),
    [
      [0, 9 * kibibyte],
      [0, 0, 12 * kibibyte],
    ],
    'those of the largest entity',
  )
  attempt(one, 13)
  attempt(two, 14)
  t.ok(
    bodies()
      .flat()
      .reduce((sum, length) => sum + length) <
      40 * kibibyte,
  )
  t.match([one, two], [{ state: 'pending' }, { state: 'pending' }], 'and they go on')
  t.end()
})

t.test('deliveries that have had one answer lose it, too, those of long ago first', (t) => {
  const { store, add } = storeOf(10, 20 * kibibyte)
  const pending = add(0, { id: '1' }, { id: '2' })
  for (const delivery of pending) {
    delivery.attempts.push(answered(12 * kibibyte))
    store.changed(delivery)
  }
  t.same(
    pending.map(({ attempts }) => attempts[0]?.body?.length),
    [0, 12 * kibibyte],
  )
  t.end()
})

t.test('the managing entity that holds most makes room', (t) => {
  const { add, ids } = storeOf(4, 64 * kibibyte)
  const other = { managingEntityIdentifier: otherEntity, reason: 'disabled' } as const
  add(0, { id: 'small', ...other })
  add(0, ...['1', '2', '3', '4', '5'].map((id) => ({ id, reason: 'disabled' }) as const))
  t.strictSame(ids(), ['small', '3', '4', '5'], 'by number')
  const busy = storeOf(3, 64 * kibibyte)
  busy.add(0, { id: 'small', ...other }, { id: 'more', ...other })
  busy.add(0, { id: '1' })
  busy.add(0, { id: '2' })
  t.strictSame(busy.ids(), ['more', '1', '2'], 'what is pending stays')
  busy.add(0, { id: '3', reason: 'disabled' }, { id: 'last', ...other })
  t.strictSame(busy.ids(), ['1', '2', 'last'], 'then the next one does')
  const even = storeOf(4, 64 * kibibyte)
  for (const number of [1, 2, 3]) {
    even.add(0, { id: `a${number}`, reason: 'disabled' }, { id: `b${number}`, ...other })
  }
  t.strictSame(even.ids(), ['a2', 'b2', 'a3', 'b3'], 'in turns if they hold as much')
  const large = storeOf(10, 64 * kibibyte)
  large.add(0, ...['1', '2', '3'].map((id) => ({ id, reason: 'disabled' }) as const))
  large.add(30 * kibibyte, { id: 'large', ...other })
  large.add(30 * kibibyte, { id: 'larger', ...other })
  large.add(10 * kibibyte, { id: '4', reason: 'disabled' })
  t.strictSame(large.ids(), ['1', '2', '3', 'larger', '4'], 'by bytes')
  t.end()
})

t.test('the body of an event counts once, until the last of its deliveries is gone', (t) => {
  const { add, ids } = storeOf(100, 64 * kibibyte)
  const skipped = (name: string): Given[] =>
    [1, 2, 3, 4].map((number) => ({ id: `${name}${number}`, reason: 'disabled' }))
  add(30 * kibibyte, ...skipped('a'))
  add(20 * kibibyte, ...skipped('b'))
  t.equal(ids().length, 8, 'four times 30 KiB would not fit')
  add(20 * kibibyte, ...skipped('c'))
  t.strictSame(ids()[0], 'b1', 'the body goes with the last delivery of the event')
  t.equal(ids().length, 8)
  t.end()
})

t.test('of one managing entity, half of what is kept may be pending', (t) => {
  const { store, add } = storeOf(10, 64 * kibibyte)
  const small = { bytes: 0 }
  add(0, { id: '1' }, { id: '2' }, { id: '3' }, { id: '4' })
  store.requireRoom(entity, { count: 1, ...small })
  t.throws(
    () => {
      store.requireRoom(entity.toUpperCase(), { count: 2, ...small })
    },
    { problem: 'conflict', message: /no room for 2 more: 4 deliveries of the managing entity/ },
  )
  t.throws(
    () => {
      store.requireRoom(entity, { count: 0, bytes: 32 * kibibyte })
    },
    { problem: 'conflict', message: /^There is no room/ },
  )
  store.requireRoom(otherEntity, { count: 5, ...small })
  for (const more of [
    { count: 6, ...small },
    { count: 1, bytes: 33 * kibibyte },
  ]) {
    t.throws(
      () => {
        store.requireRoom(otherEntity, more)
      },
      { problem: 'conflict', message: /: name a webhookId, or send fewer copies\.$/ },
      'to wait would not help',
    )
  }
  const third = 'a0a0a0a0-0000-4000-8000-000000000000'
  const others = { managingEntityIdentifier: otherEntity }
  add(0, ...['5', '6', '7', '8', '9'].map((id) => ({ id, ...others })))
  t.throws(
    () => {
      store.requireRoom(third, { count: 2, ...small })
    },
    {
      message: /no room for 2 more: 0 deliveries of the managing entity are pending, and 9 of all/,
    },
  )
  t.end()
})
