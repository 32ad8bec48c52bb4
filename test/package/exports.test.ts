import t from 'tap'
import * as library from '../../src/index.ts'
import {
  buildApp,
  fixedClock,
  randomIds,
  seededIds,
  startSandbox,
  systemClock,
} from '../../src/index.ts'
import { createRequest } from '../fixtures/requests.ts'

t.test('the exports of the library', (t) => {
  t.strictSame(Object.keys(library).sort(), [
    'ApiError',
    'DataError',
    'StateFileError',
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

t.test('await using closes a sandbox at the end of its block', async (t) => {
  let url: string
  {
    await using sandbox = await startSandbox()
    url = sandbox.url
    t.equal((await fetch(`${url}/__admin/health`)).status, 200)
  }
  await t.rejects(fetch(`${url}/__admin/health`), { cause: { code: 'ECONNREFUSED' } })
})

t.test('await using after a close waits for the same end', async (t) => {
  const sandbox = await startSandbox()
  const closed = sandbox.close()
  t.equal(sandbox[Symbol.asyncDispose](), closed)
  await closed
})

t.test('await using closes a sandbox that does not listen', async (t) => {
  let kept
  {
    await using app = buildApp()
    kept = app
    t.equal((await app.inject('/__admin/health')).statusCode, 200)
  }
  await t.rejects(kept.inject('/__admin/health'), { message: /closed/ })
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

t.test('options that make no sense are refused, with their name', async (t) => {
  const cases: { build: () => unknown; says: RegExp }[] = [
    { build: () => buildApp({ maxWebhooks: -1 }), says: /^maxWebhooks must be .* not number -1$/ },
    {
      build: () => buildApp({ maxWebhooks: NaN }),
      says: /^maxWebhooks must be .* not number NaN$/,
    },
    { build: () => buildApp({ maxWebhooks: '5' as never }), says: /not string 5$/ },
    {
      build: () => buildApp({ requestTimeoutMs: 0 }),
      says: /^requestTimeoutMs must be a whole number from 1 to /,
    },
    { build: () => buildApp({ maxConnections: 0 }), says: /^maxConnections must be a whole / },
    { build: () => buildApp({ requestTimeoutMs: 1e12 }), says: /^requestTimeoutMs must be / },
    {
      build: () => buildApp({ tokenLifetime: 5 } as never),
      says: /^tokenLifetime is no option; did you mean tokenLifetimeSeconds\?$/,
    },
    {
      build: () => buildApp({ clock: '2026-01-14' as never }),
      says: /^clock must be a function, not '2026-01-14'$/,
    },
    {
      build: () => buildApp({ logger: false as never }),
      says: /^logger has no trace, .*, child; give one such as pino's, or none /,
    },
    {
      build: () => buildApp({ logger: console as never }),
      says: /^logger has no fatal, child; /,
    },
    { build: () => buildApp({ adminToken: '' }), says: /^adminToken must be a bearer token / },
    { build: () => seededIds(1.5), says: /^seed must be a whole number from 0 to / },
    { build: () => fixedClock('yesterday'), says: /"yesterday" is not a date and time/ },
  ]
  for (const { build, says } of cases) t.throws(build, { name: 'RangeError', message: says })
  const starts: { options: object; says: RegExp }[] = [
    { options: { shutdownTimeoutMs: Infinity }, says: /^shutdownTimeoutMs must be / },
    { options: { port: -1 }, says: /^port must be a whole number from 0 to 65535, not number -1$/ },
    { options: { host: '' }, says: /^host must be text of at least 1 character, not ''$/ },
    { options: { prot: 80 }, says: /^prot is no option; did you mean port\?$/ },
    { options: { nothing: 80 }, says: /^nothing is no option; use port, host, .*, logger$/ },
    { options: null as never, says: /^options must be an object, not null$/ },
    { options: 4010 as never, says: /^options must be an object, not 4010$/ },
  ]
  for (const { options, says } of starts)
    await t.rejects(startSandbox(options), { name: 'RangeError', message: says })
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
