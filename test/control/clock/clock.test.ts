import t from 'tap'
import type { ClockSetting, Webhook } from '../../../src/index.ts'
import { now, problemOf, sandbox } from '../../fixtures/sandbox.ts'

t.test('GET and PUT /__admin/clock: system, frozen, offset; timestamps follow', (t) => {
  const cases: { setting: ClockSetting; reads: object; now: string }[] = [
    { setting: { mode: 'system' }, reads: { mode: 'system' }, now },
    {
      setting: { mode: 'frozen', instant: '2030-02-03T04:05:06+07:00' },
      reads: { mode: 'frozen', instant: '2030-02-03T04:05:06+07:00' },
      now: '2030-02-02T21:05:06.000Z',
    },
    { setting: { mode: 'frozen' }, reads: { mode: 'frozen', instant: now }, now },
    {
      setting: { mode: 'offset', offsetMs: 3_600_000 },
      reads: { mode: 'offset', offsetMs: 3_600_000 },
      now: '2026-01-14T10:30:00.000Z',
    },
    {
      setting: { mode: 'offset', offsetMs: -1 },
      reads: { mode: 'offset', offsetMs: -1 },
      now: '2026-01-14T09:29:59.999Z',
    },
  ]
  for (const { setting, reads, now: time } of cases) {
    t.test(JSON.stringify(setting), async (t) => {
      const { app, create } = sandbox(t)
      const url = '/__admin/clock'
      const set = await app.inject({ method: 'PUT', url, payload: setting })
      t.equal(set.statusCode, 200)
      t.strictSame(set.json(), { ...reads, now: time })
      t.strictSame((await app.inject(url)).json(), set.json())
      const webhook = (await create()).json<Webhook>()
      t.equal(webhook.createdDate, time)
      t.equal(webhook.lastUpdate, time)
      t.match(app.control.requests.find(), [{ time }], 'the journal follows too')

      const library = sandbox(t).app.control.clock
      t.strictSame(library.set(setting), set.json())
      t.strictSame(library.read(), set.json())
    })
  }
  t.end()
})

t.test('POST /__admin/clock/advance: a clock moves forward, frozen or not', (t) => {
  const cases: { setting: ClockSetting; ms: number; reads: object; later: string }[] = [
    {
      setting: { mode: 'system' },
      ms: 60_000,
      reads: { mode: 'offset', offsetMs: 60_000, now: '2026-01-14T09:31:00.000Z' },
      later: '2026-01-14T09:31:01.000Z',
    },
    {
      setting: { mode: 'offset', offsetMs: -1_000 },
      ms: 1_500,
      reads: { mode: 'offset', offsetMs: 500, now: '2026-01-14T09:30:00.500Z' },
      later: '2026-01-14T09:30:01.500Z',
    },
    {
      setting: { mode: 'frozen', instant: '2030-02-03T04:05:06+07:00' },
      ms: 86_400_000,
      reads: {
        mode: 'frozen',
        instant: '2030-02-03T21:05:06.000Z',
        now: '2030-02-03T21:05:06.000Z',
      },
      later: '2030-02-03T21:05:06.000Z',
    },
    {
      setting: { mode: 'frozen' },
      ms: 0,
      reads: { mode: 'frozen', instant: now, now },
      later: now,
    },
  ]
  for (const { setting, ms, reads, later } of cases) {
    t.test(`${JSON.stringify(setting)} by ${ms} ms`, async (t) => {
      let machine = Date.parse(now)
      const { app, create } = sandbox(t, { clock: () => machine })
      const { clock } = app.control
      clock.set(setting)
      const url = '/__admin/clock/advance'
      const advanced = await app.inject({ method: 'POST', url, payload: { ms } })
      t.equal(advanced.statusCode, 200)
      t.strictSame(advanced.json(), reads)
      t.strictSame(clock.read(), reads)
      clock.set(setting)
      t.strictSame(clock.advance(ms), reads, 'the library does the same')
      machine += 1_000
      t.equal((await create()).json<Webhook>().createdDate, later)
    })
  }
  t.end()
})

t.test('steps add up', (t) => {
  const { clock } = sandbox(t).app.control
  clock.advance(1_000)
  t.match(clock.advance(500), { mode: 'offset', offsetMs: 1_500 })
  t.end()
})

t.test('a step that makes no sense is refused with its pointer, and the clock stays', async (t) => {
  const maxMs = 365_243 * 86_400_000
  const ahead: ClockSetting = { mode: 'offset', offsetMs: maxMs - 1 }
  const last: ClockSetting = { mode: 'frozen', instant: '9999-12-31T23:59:59.999Z' }
  const cases: { setting?: ClockSetting; step: { ms?: unknown }; says: RegExp }[] = [
    { step: {}, says: /must be (?:present|a whole number)/ },
    { step: { ms: null }, says: /must be a whole number/ },
    { step: { ms: '60' }, says: /must be a whole number/ },
    { step: { ms: 0.5 }, says: /must be a whole number/ },
    { step: { ms: -1 }, says: /must be at least 0/ },
    { step: { ms: maxMs + 1 }, says: /must be at most / },
    { setting: ahead, step: { ms: 2 }, says: /must be at most 1: .* 1,000 years ahead/ },
    { setting: last, step: { ms: 1 }, says: /must leave the clock in the years 0000 to 9999/ },
  ]
  const unset: ClockSetting = { mode: 'system' }
  for (const { setting = unset, step, says } of cases) {
    const { app } = sandbox(t)
    const before = app.control.clock.set(setting)
    const violations = [{ pointer: '#/ms', detail: says }]
    const request = { method: 'POST', url: '/__admin/clock/advance', payload: step } as const
    const response = await app.inject(request)
    t.match(problemOf(t, response), { status: 400, properties: { errors: violations } })
    t.throws(() => app.control.clock.advance(step.ms as number), { name: 'ApiError', violations })
    t.strictSame(app.control.clock.read(), before, JSON.stringify(step))
  }
  const { app } = sandbox(t)
  const payload = { ms: 1, unit: 's' }
  const response = await app.inject({ method: 'POST', url: '/__admin/clock/advance', payload })
  t.match(problemOf(t, response), { status: 400, properties: { errors: [{ pointer: '#/unit' }] } })
})

t.test('the system clock goes on, offset or not; a frozen one stands', (t) => {
  let machine = Date.parse(now)
  const { app } = sandbox(t, { clock: () => machine })
  const { clock } = app.control
  const read = (): string => clock.read().now
  machine += 1_000
  t.equal(read(), '2026-01-14T09:30:01.000Z')
  clock.set({ mode: 'offset', offsetMs: 60_000 })
  machine += 1_000
  t.equal(read(), '2026-01-14T09:31:02.000Z')
  clock.set({ mode: 'frozen' })
  machine += 1_000
  t.equal(read(), '2026-01-14T09:31:02.000Z', 'frozen where it was')
  clock.set({ mode: 'system' })
  t.equal(read(), '2026-01-14T09:30:03.000Z')
  t.end()
})

t.test('a token expires by the clock (CONTRACT §5)', async (t) => {
  const token = { token: 'some-token', expiresAt: '2026-01-14T10:00:00Z' }
  const { app, create } = sandbox(t, { data: { tokens: [token] } })
  t.equal((await create()).statusCode, 201)
  app.control.clock.set({ mode: 'offset', offsetMs: 30 * 60_000 })
  t.equal((await create()).statusCode, 401)
  app.control.clock.set({ mode: 'system' })
  t.equal((await create()).statusCode, 201)
})

t.test('what is no setting is refused with its pointer, and the clock stays', async (t) => {
  const { app } = sandbox(t)
  const cases: { setting: object; pointer: string }[] = [
    { setting: {}, pointer: '#/mode' },
    { setting: { mode: 'stopped' }, pointer: '#/mode' },
    { setting: { mode: 'frozen', instant: 'yesterday' }, pointer: '#/instant' },
    { setting: { mode: 'frozen', instant: '2026-02-30T00:00:00Z' }, pointer: '#/instant' },
    {
      setting: { mode: 'frozen', instant: '9999-12-31T23:59:59-23:59' },
      pointer: '#/instant',
    },
    {
      setting: { mode: 'frozen', instant: '0000-01-01T00:00:00+23:59' },
      pointer: '#/instant',
    },
    { setting: { mode: 'frozen', offsetMs: 1 }, pointer: '#/offsetMs' },
    { setting: { mode: 'offset' }, pointer: '#/offsetMs' },
    { setting: { mode: 'offset', offsetMs: 0.5 }, pointer: '#/offsetMs' },
    { setting: { mode: 'offset', offsetMs: 1e15 }, pointer: '#/offsetMs' },
    { setting: { mode: 'offset', offsetMs: -1e15 }, pointer: '#/offsetMs' },
    { setting: { mode: 'system', instant: now }, pointer: '#/instant' },
    { setting: { mode: 'system', zone: 'UTC' }, pointer: '#/zone' },
  ]
  for (const { setting, pointer } of cases) {
    const response = await app.inject({ method: 'PUT', url: '/__admin/clock', payload: setting })
    t.equal(response.statusCode, 400, JSON.stringify(setting))
    t.match(problemOf(t, response), { properties: { errors: [{ pointer }] } })
    t.throws(() => app.control.clock.set(setting as ClockSetting), {
      name: 'ApiError',
      violations: [{ pointer }],
    })
    t.strictSame(app.control.clock.read(), { mode: 'system', now })
  }
})
