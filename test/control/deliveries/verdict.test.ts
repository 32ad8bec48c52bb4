import t from 'tap'
import { verdictOf, type Observed } from '../../../src/control/deliveries/verdict.ts'

const answer = (status: number, firstByteMs = 5): Observed => ({ status, firstByteMs })
const failure = (failure: NonNullable<Observed['failure']>, error: string): Observed => ({
  failure,
  error,
})

/** The findings in short: kind, level, attempts, sentence. */
const found = (attempts: readonly Observed[], firstStatus?: number): unknown[] =>
  verdictOf(attempts, firstStatus).map(({ kind, level, attempts, says }) => [
    kind,
    level,
    attempts.join(),
    says,
  ])

t.test('each kind of attempt has its finding', (t) => {
  for (const [attempt, ...expected] of [
    [answer(200), 'answered-200', 'success', '1', 'It answered 200.'],
    [
      answer(202),
      'answered-other-2xx',
      'hint',
      '1',
      'It answered 202, which counts as success here; answer 200.',
    ],
    [
      answer(302),
      'answered-redirect',
      'failure',
      '1',
      'It answered 302; a redirect is not followed.',
    ],
    [answer(422), 'answered-4xx', 'failure', '1', 'It answered 422: it refused what was sent.'],
    [answer(503), 'answered-5xx', 'failure', '1', 'It answered 503: it failed.'],
    [
      answer(101),
      'answered-otherwise',
      'failure',
      '1',
      'It answered 101, which is no answer to an event.',
    ],
    [
      answer(999),
      'answered-otherwise',
      'failure',
      '1',
      'It answered 999, which is no answer to an event.',
    ],
    [
      { ...answer(200), ...failure('timeout', 'it did not end its answer within 10 s') },
      'answered-in-part',
      'failure',
      '1',
      'It began to answer with 200, but it did not end its answer within 10 s.',
    ],
    [
      {
        ...failure('timeout', 'it did not end the head of its answer within 10 s'),
        firstByteMs: 3,
      },
      'answered-in-part',
      'failure',
      '1',
      'It began to answer, but it did not end the head of its answer within 10 s.',
    ],
    [
      failure('not-http', 'its answer is not HTTP: Expected HTTP/'),
      'not-http',
      'failure',
      '1',
      'It answered, but its answer is not HTTP: Expected HTTP/.',
    ],
    [
      failure('closed', 'it reset the connection'),
      'closed-without-answer',
      'failure',
      '1',
      'There was no answer: it reset the connection.',
    ],
    [
      failure('timeout', 'it did not answer within 10 s'),
      'silent',
      'failure',
      '1',
      'There was no answer: it did not answer within 10 s.',
    ],
    [
      failure('unreachable', 'nobody listens at 127.0.0.1:3000'),
      'not-reached',
      'failure',
      '1',
      'Nothing reached it: nobody listens at 127.0.0.1:3000.',
    ],
  ] as const) {
    t.same(found([attempt]), [expected])
  }
  t.end()
})

t.test('attempts of one kind are one finding', (t) => {
  t.same(
    found([answer(503), answer(502), failure('closed', 'it reset the connection'), answer(200)]),
    [
      ['answered-200', 'success', '4', 'It answered 200.'],
      ['answered-5xx', 'failure', '1,2', 'It answered 503 and 502: it failed.'],
      ['closed-without-answer', 'failure', '3', 'There was no answer: it reset the connection.'],
    ],
  )
  t.end()
})

t.test('an answer that begins after more than a second is slow', (t) => {
  t.same(found([answer(200, 1_000)]), [['answered-200', 'success', '1', 'It answered 200.']])
  t.same(found([answer(503, 1_001), answer(200, 1_500)]), [
    ['answered-200', 'success', '2', 'It answered 200.'],
    ['answered-5xx', 'failure', '1', 'It answered 503: it failed.'],
    ['answered-slowly', 'hint', '1,2', 'Its answer began after 1500 ms.'],
  ])
  t.match(verdictOf([answer(200, 1_001)])[1], { source: /guide.*respond quickly/ })
  t.end()
})

t.test('a copy that is answered otherwise than the first', (t) => {
  t.same(found([answer(409)], 200), [
    ['answered-4xx', 'failure', '1', 'It answered 409: it refused what was sent.'],
    [
      'answered-copy-differently',
      'hint',
      '1',
      'It answered the first copy of this event with 200 and this copy with 409.',
    ],
  ])
  t.equal(found([answer(503), answer(200)], 200).length, 2, 'the last answers count')
  t.equal(found([answer(200)]).length, 1, 'there was no first answer')
  t.equal(found([failure('closed', 'x')], 200).length, 1, 'there was no second answer')
  t.end()
})

t.test('a delivery that is sent again and answered otherwise than its success', (t) => {
  t.same(found([answer(503), answer(200), answer(409), failure('closed', 'x')]).slice(2, 4), [
    ['answered-5xx', 'failure', '1', 'It answered 503: it failed.'],
    ['closed-without-answer', 'failure', '4', 'There was no answer: x.'],
  ])
  t.same(found([answer(503), answer(200), answer(409), failure('closed', 'x')]).slice(4), [
    [
      'answered-copy-differently',
      'hint',
      '3',
      'It answered this event with 200 first, and with 409 when it was sent again.',
    ],
  ])
  t.equal(found([answer(503), answer(200), answer(200)]).length, 2)
  t.end()
})

t.test('bytes behind the end of an answer are a hint', (t) => {
  t.same(found([{ ...answer(204), hasExcess: true }])[1], [
    'answered-in-excess',
    'hint',
    '1',
    'It sent more behind the end of its answer; 204 and 304 have no body.',
  ])
  t.end()
})

t.test('the verdict says nothing of what was not seen', (t) => {
  t.same(found([]), [])
  t.same(found([failure('cancelled', 'it was cancelled')]), [])
  t.same(found([{ ...answer(200), ...failure('cancelled', 'it was cancelled') }]), [])
  t.end()
})

t.test('each finding names its source', (t) => {
  for (const attempt of [answer(200), answer(201), answer(302), answer(400), answer(500)]) {
    t.match(verdictOf([attempt]), [{ source: /^wink: its guide calls an answer of 200 a success/ }])
  }
  t.end()
})
