import t from 'tap'
import { sent, until } from '../../fixtures/faults.ts'
import { entity, otherEntity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { recordTimers } from '../../fixtures/timers.ts'
import { post } from '../../fixtures/tokens.ts'

t.test(
  'requests come in the order of their answers, each with the time of its answer',
  async (t) => {
    const { app, create } = sandbox(t)
    const { clock, faults, requests } = app.control
    clock.set({ mode: 'frozen', instant: '2026-01-01T00:00:00Z' })
    const delay = faults.arm({ effect: { delayMs: 600_000 } })
    const slow = sent(create())
    await until(() => faults.get(delay.id).acted === 1)
    clock.set({ mode: 'frozen', instant: '2027-01-01T00:00:00Z' })
    await create({ payload: '{' })
    clock.set({ mode: 'frozen', instant: '2028-01-01T00:00:00Z' })
    app.control.reset({ only: ['faults'] })
    await slow
    t.match(requests.find(), [
      { status: 400, time: '2027-01-01T00:00:00.000Z' },
      { status: 503, time: '2028-01-01T00:00:00.000Z' },
    ])
  },
)

t.test('a request without a body: body is null and bodyBytes is 0', async (t) => {
  const { app } = sandbox(t)
  await app.inject('/api')
  t.match(app.control.requests.find(), [{ body: null, bodyBytes: 0 }])
})

t.test('by default the journal holds 16 MiB', async (t) => {
  const { app, create } = sandbox(t)
  const payload = JSON.stringify({ ...validBody, name: 'x'.repeat(16 * 1024) })
  for (let count = 0; count < 1_000; count += 1) await create({ payload })
  const held = app.control.requests.count()
  t.ok(held > 425 && held < 500, `${held} requests and answers of 16 KiB, and header fields`)
})

t.test('find, count and clear of the library return at once', async (t) => {
  const { app, create } = sandbox(t)
  for (let count = 0; count < 5; count += 1) await create()
  const { requests } = app.control
  t.equal(requests.find().length, 5)
  t.equal(requests.count(), 5)
  requests.clear()
  t.equal(requests.count(), 0)
})

t.test('a wait is for one request and for 4,000 ms by default', async (t) => {
  const { app, create } = sandbox(t)
  const delaysMs = recordTimers(t)
  const met = app.control.requests.wait()
  t.ok(delaysMs.includes(4_000), JSON.stringify(delaysMs))
  await create()
  t.equal((await met).length, 1)
})

t.test('a wait does not follow the clock of the sandbox', async (t) => {
  const { app } = sandbox(t)
  app.control.clock.set({ mode: 'frozen' })
  await t.rejects(app.control.requests.wait({ timeoutMs: 5 }), {
    name: 'ApiError',
    problem: 'request-timeout',
  })
})

t.test('a wait that is not met names the last three others, of its managing entity', async (t) => {
  const { app, create } = sandbox(t)
  for (const status of [400, 401, 403, 404]) {
    await create({ headers: { prefer: `code=${status}` } })
  }
  await create({ url: webhooksOf(otherEntity), headers: { prefer: 'code=503' } })
  const statusesIn = async (filter: object): Promise<string[]> => {
    const what = { ...filter, status: 201, timeoutMs: 0 }
    const error = await app.control.requests.wait(what).catch((reason: unknown) => reason as Error)
    return (error as Error).message.match(/(?<=: )\d{3}/g) ?? []
  }
  t.strictSame((await statusesIn({})).sort(), ['403', '404', '503'])
  const mine = await statusesIn({ managingEntityIdentifier: entity })
  t.strictSame(mine.sort(), ['401', '403', '404'])
})

t.test(
  'what has the name of a type or an address, and true and false, are no secrets',
  async (t) => {
    const { app, create } = sandbox(t)
    const names = ['token_type', 'tokenType', 'token_type_hint', 'tokenUrl', 'token-uri']
    const shown = {
      ...Object.fromEntries([...names, 'token_endpoint'].map((name) => [name, 'abc'])),
      token: true,
      secret: false,
    }
    await create({ payload: JSON.stringify(shown) })
    t.equal(app.control.requests.find()[0]?.body, JSON.stringify(shown))
  },
)

t.test('code, sig and key are secrets in a URL and a form, and not elsewhere', async (t) => {
  const { app, create } = sandbox(t)
  const [text, masked] = ['code=abc&sig=abc&key=abc&page=2', '[masked]']
  const hidden = `code=${masked}&sig=${masked}&key=${masked}&page=2`
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  await create({ headers: { ...form, referer: `https://a.example/?${text}` }, payload: text })
  const members = JSON.stringify({ code: 'abc', sig: 'abc', key: 'abc' })
  await create({ headers: { 'x-code': 'abc', 'x-key': 'abc' }, payload: members })
  t.match(app.control.requests.find(), [
    { headers: { referer: `https://a.example/?${hidden}` }, body: hidden },
    { headers: { 'x-code': 'abc', 'x-key': 'abc' }, body: members },
  ])
})

t.test('below /oauth2 four values of a form are shown', async (t) => {
  const { app } = sandbox(t)
  const shown = 'grant_type=a&scope=b&client_id=c&token_type_hint=d'
  await app.inject(post('/oauth2/token', `${shown}&resource=e&mine=f`))
  t.match(app.control.requests.find(), [{ body: `${shown}&[masked]&[masked]` }])
})

t.test('a secret without a name is shown', async (t) => {
  const { app } = sandbox(t)
  await app.inject('/api/s3cr3t/x')
  t.match(app.control.requests.find(), [{ path: '/api/s3cr3t/x' }])
})
