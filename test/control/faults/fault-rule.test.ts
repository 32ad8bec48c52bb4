import t from 'tap'
import { ApiError, type FaultRule } from '../../../src/index.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const effect = { status: 503 }
const closed = 'must be left out: no such member is known'
const silent = 'must be left out: this connection fault answers nothing'
const alone = 'must be left out, or status must be present'
const nothingToTruncate = 'must be another one: this one has nothing to truncate'
const delay = 'must be left out: minMs and maxMs already say the delay'
const token =
  'must be a bearer token (RFC 6750, b64token): letters, digits and - . _ ~ + /, then any ='
const statuses =
  'must be one of 400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 431, 500, 502, 503, 504'
const connections = 'must be one of connection-reset, empty-response, truncated-body, no-response'
const bodies = 'must be one of problem, spring-security, boot-error, gateway-html, empty'

/** The mistakes in a rule, by pointer. */
type Wrong = Record<string, string>

const refused: { name: string; rule: unknown; wrong: Wrong }[] = [
  { name: 'null', rule: null, wrong: { '#': 'must be an object' } },
  { name: 'a list', rule: [{ effect }], wrong: { '#': 'must be an object' } },
  { name: 'nothing', rule: {}, wrong: { '#/effect': 'must be present' } },
  {
    name: 'unknown members, wherever they are',
    rule: { a: 1, match: { b: 1 }, effect: { ...effect, 'c/d': 1 } },
    wrong: { '#/a': closed, '#/match/b': closed, '#/effect/c~1d': closed },
  },
  { name: 'match', rule: { match: 'all', effect }, wrong: { '#/match': 'must be an object' } },
  {
    name: 'the members of match',
    rule: { match: { managingEntityIdentifier: '', method: 'FETCH', token: 'a b' }, effect },
    wrong: {
      '#/match/managingEntityIdentifier': 'must have at least 1 character',
      '#/match/method': 'must be an HTTP method, such as POST',
      '#/match/token': token,
    },
  },
  ...[0, -1, 1.5, '1'].map((times) => ({
    name: `times ${JSON.stringify(times)}`,
    rule: { times, effect },
    wrong: { '#/times': 'must be a whole number from 1 or null' },
  })),
  { name: 'skip -1', rule: { skip: -1, effect }, wrong: { '#/skip': 'must be at least 0' } },
  { name: 'skip 0.5', rule: { skip: 0.5, effect }, wrong: { '#/skip': 'must be a whole number' } },
  {
    name: 'probability 1.1',
    rule: { probability: 1.1, effect },
    wrong: { '#/probability': 'must be at most 1' },
  },
  {
    name: 'probability -0.1',
    rule: { probability: -0.1, effect },
    wrong: { '#/probability': 'must be at least 0' },
  },
  {
    name: 'probability "1"',
    rule: { probability: '1', effect },
    wrong: { '#/probability': 'must be a number' },
  },
  { name: 'seed -1', rule: { seed: -1, effect }, wrong: { '#/seed': 'must be at least 0' } },
  {
    name: 'seed 2 ** 31',
    rule: { seed: 2 ** 31, effect },
    wrong: { '#/seed': 'must be at most 2147483647' },
  },
  {
    name: 'when',
    rule: { when: 'after', effect },
    wrong: { '#/when': 'must be one of before, after-commit' },
  },
]

/** Effects that are refused; pointers are relative to the effect. */
const refusedEffects: { name: string; effect: unknown; wrong: Wrong }[] = [
  { name: 'none at all', effect: 'crash', wrong: { '': 'must be an object' } },
  {
    name: 'one that does nothing',
    effect: {},
    wrong: { '': 'must have a status, a connection, or a delay (delayMs, or minMs and maxMs)' },
  },
  { name: 'an unknown status', effect: { status: 418 }, wrong: { '/status': statuses } },
  { name: 'text for a status', effect: { status: '503' }, wrong: { '/status': statuses } },
  { name: 'an unknown body', effect: { ...effect, body: 'xml' }, wrong: { '/body': bodies } },
  {
    name: 'an unknown connection fault',
    effect: { connection: 'timeout' },
    wrong: { '/connection': connections },
  },
  {
    name: 'an empty detail',
    effect: { ...effect, detail: '' },
    wrong: { '/detail': 'must be a string of at least 1 character' },
  },
  {
    name: 'a negative Retry-After',
    effect: { ...effect, retryAfterSeconds: -1 },
    wrong: { '/retryAfterSeconds': 'must be at least 0' },
  },
  {
    name: 'a Retry-After of more than a day',
    effect: { ...effect, retryAfterSeconds: 86_401 },
    wrong: { '/retryAfterSeconds': 'must be at most 86400' },
  },
  {
    name: 'delays that are too long',
    effect: { minMs: 600_001, maxMs: 600_002 },
    wrong: { '/minMs': 'must be at most 600000', '/maxMs': 'must be at most 600000' },
  },
  {
    name: 'a negative delay',
    effect: { delayMs: -1 },
    wrong: { '/delayMs': 'must be at least 0' },
  },
  { name: 'half a ms', effect: { delayMs: 0.5 }, wrong: { '/delayMs': 'must be a whole number' } },
  {
    name: 'minMs alone',
    effect: { minMs: 1 },
    wrong: { '/maxMs': 'must be present: it goes with minMs' },
  },
  {
    name: 'maxMs alone',
    effect: { maxMs: 1 },
    wrong: { '/minMs': 'must be present: it goes with maxMs' },
  },
  {
    name: 'minMs above maxMs',
    effect: { minMs: 2, maxMs: 1 },
    wrong: { '/minMs': 'must not be more than maxMs' },
  },
  {
    name: 'two delays',
    effect: { delayMs: 1, minMs: 1, maxMs: 1 },
    wrong: { '/delayMs': delay },
  },
  {
    name: 'two delays, one of them half',
    effect: { delayMs: 1, maxMs: 1 },
    wrong: { '/minMs': 'must be present: it goes with maxMs', '/delayMs': delay },
  },
  ...['connection-reset', 'empty-response', 'no-response'].map((connection) => ({
    name: `${connection} with a status`,
    effect: { ...effect, connection },
    wrong: { '/status': silent },
  })),
  {
    name: 'parts of an answer without its status',
    effect: { delayMs: 1, detail: 'x', retryAfterSeconds: 1, body: 'problem' },
    wrong: { '/detail': alone, '/retryAfterSeconds': alone, '/body': alone },
  },
  {
    name: 'parts of an answer that is broken off, without its status',
    effect: { connection: 'truncated-body', detail: 'x' },
    wrong: { '/detail': alone },
  },
  ...['boot-error', 'gateway-html', 'empty'].map((body) => ({
    name: `a detail that ${body} does not show`,
    effect: { ...effect, detail: 'x', body },
    wrong: { '/detail': 'must be left out: only the body "problem" has a detail' },
  })),
  {
    name: 'spring-security with another status',
    effect: { ...effect, body: 'spring-security' },
    wrong: { '/body': 'must be another one: spring-security goes with status 401 or 403' },
  },
  ...['spring-security', 'empty'].map((body) => ({
    name: `half of ${body}`,
    effect: { status: 401, body, connection: 'truncated-body' },
    wrong: { '/body': nothingToTruncate },
  })),
]

const all = [
  ...refused,
  ...refusedEffects.map(({ name, effect, wrong }) => ({
    name: `effect: ${name}`,
    rule: { effect },
    wrong: Object.fromEntries(
      Object.entries(wrong).map(([pointer, detail]) => [`#/effect${pointer}`, detail]),
    ),
  })),
]

t.test('a rule that makes no sense is refused, and says where', async (t) => {
  for (const { name, rule, wrong } of all) {
    await t.test(name, async (t) => {
      const { app } = sandbox(t)
      const response = await app.inject({
        method: 'POST',
        url: '/__admin/faults',
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify(rule),
      })
      t.equal(response.statusCode, 400)
      const { properties } = problemOf(t, response) as { properties?: { errors: unknown } }
      const errors = properties?.errors as { pointer: string; detail: string }[]
      t.strictSame(Object.fromEntries(errors.map((error) => [error.pointer, error.detail])), wrong)
      t.equal(errors.length, Object.keys(wrong).length, 'each is said once')

      try {
        app.control.faults.arm(rule as FaultRule)
        t.fail('the library takes it')
      } catch (error) {
        t.ok(error instanceof ApiError)
        t.match(error, { status: 400, violations: errors }, 'the library says the same')
      }
      t.strictSame(app.control.faults.list(), [], 'nothing is armed')
    })
  }
})

t.test('one violation is said in the detail too', async (t) => {
  const { app } = sandbox(t)
  const payload = { effect: { status: 503, delay: 1 } }
  const response = await app.inject({ method: 'POST', url: '/__admin/faults', payload })
  t.match(problemOf(t, response), {
    detail: `The fault breaks 1 rule: #/effect/delay ${closed}; delayMs may be meant.`,
    instance: '/__admin/faults',
  })
})

t.test('a request without a body has everything left out', async (t) => {
  const response = await sandbox(t).app.inject({ method: 'POST', url: '/__admin/faults' })
  t.match(problemOf(t, response), {
    properties: { errors: [{ pointer: '#/effect', detail: 'must be present' }] },
  })
})

t.test('all that makes sense together is taken', (t) => {
  const { app } = sandbox(t)
  const effects: FaultRule['effect'][] = [
    { delayMs: 0 },
    { delayMs: 600_000 },
    { minMs: 0, maxMs: 0 },
    { status: 503, delayMs: 5 },
    { connection: 'no-response', minMs: 1, maxMs: 2 },
    { connection: 'truncated-body' },
    { connection: 'truncated-body', status: 409, detail: 'x', retryAfterSeconds: 0 },
    { connection: 'truncated-body', status: 502, body: 'gateway-html' },
    { status: 401, body: 'spring-security', retryAfterSeconds: 86_400 },
    { status: 403, body: 'spring-security' },
    { status: 500, body: 'problem', detail: 'x' },
    { status: 504, body: 'empty' },
  ]
  for (const effect of effects) {
    t.strictSame(app.control.faults.arm({ effect }).effect, effect, JSON.stringify(effect))
  }
  t.end()
})
