import t from 'tap'
import * as door from '../src/index.ts'
import {
  buildApp,
  fixedClock,
  randomIds,
  seededIds,
  startSandbox,
  systemClock,
} from '../src/index.ts'
import { createRequest } from './fixtures/requests.ts'

t.test('the library door', (t) => {
  t.strictSame(Object.keys(door).sort(), [
    'DataError',
    'buildApp',
    'fixedClock',
    'randomIds',
    'seededIds',
    'startSandbox',
    'systemClock',
  ])
  t.end()
})

t.test('startSandbox without arguments listens on a free loopback port', async (t) => {
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.close())
  t.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  t.equal((await fetch(`${sandbox.url}/__admin/health`)).status, 200)
  t.equal((await sandbox.app.inject(createRequest())).statusCode, 201)
})

t.test('two sandboxes in one process never meet', async (t) => {
  const full = await startSandbox({ maxWebhooks: 0 })
  const empty = await startSandbox({ maxWebhooks: 1 })
  t.teardown(() => Promise.all([full.close(), empty.close()]))
  t.not(full.url, empty.url)
  t.equal((await full.app.inject(createRequest())).statusCode, 503)
  t.equal((await empty.app.inject(createRequest())).statusCode, 201)
})

t.test('hosts', async (t) => {
  for (const [host, url] of [
    ['localhost', /^http:\/\/localhost:\d+$/],
    ['::1', /^http:\/\/\[::1\]:\d+$/],
  ] as const) {
    const sandbox = await startSandbox({ host })
    t.match(sandbox.url, url)
    t.equal((await fetch(`${sandbox.url}/__admin/health`)).status, 200)
    await sandbox.close()
  }
})

t.test('a port that is taken is a rejection with its code', async (t) => {
  const first = await startSandbox()
  t.teardown(() => first.close())
  await t.rejects(startSandbox({ port: Number(new URL(first.url).port) }), { code: 'EADDRINUSE' })
})

t.test('options that make no sense are refused', (t) => {
  const cases = [
    { options: { maxWebhooks: -1 }, says: 'maxWebhooks must be a whole number from 0, not -1' },
    { options: { maxWebhooks: NaN }, says: 'maxWebhooks must be a whole number from 0, not NaN' },
    {
      options: { requestTimeoutMs: 0 },
      says: 'requestTimeoutMs must be a whole number from 1, not 0',
    },
  ]
  for (const { options, says } of cases) {
    t.throws(() => buildApp(options), { name: 'RangeError', message: says })
  }
  t.throws(() => fixedClock('yesterday'), { name: 'RangeError' })
  t.end()
})

t.test('clocks and ids', (t) => {
  const before = Date.now()
  t.ok(systemClock() >= before && systemClock() <= Date.now())
  t.equal(fixedClock('2026-01-14T09:30:00+07:00')(), Date.UTC(2026, 0, 14, 2, 30))
  t.not(randomIds(), randomIds())
  const [one, again, other] = [seededIds(1), seededIds(1), seededIds(2)]
  const ids = [one(), one(), one()]
  t.strictSame(ids, [again(), again(), again()], 'the same sequence in every run')
  t.equal(new Set([...ids, other()]).size, 4, 'another seed, other ids')
  for (const id of ids)
    t.match(id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  t.end()
})
