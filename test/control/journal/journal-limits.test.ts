import t from 'tap'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'
import { heldBytes } from '../../fixtures/memory.ts'
import { entity, otherEntity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { exchange, listening, requestText } from '../../fixtures/wire.ts'

t.test('the oldest make room: maxJournalBytes', async (t) => {
  const cases: { what: string; headers?: Record<string, string>; payload?: string }[] = [
    { what: 'bodies', payload: 'x'.repeat(12_000) },
    { what: 'header values', headers: { 'x-long': 'x'.repeat(12_000) } },
    {
      what: 'header fields',
      headers: Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`a${index}`, ''])),
    },
  ]
  for (const { what, ...overrides } of cases) {
    const { app, create } = sandbox(t, { maxJournalBytes: 40_000 })
    for (let count = 0; count < 5; count += 1) await create(overrides)
    const held = app.control.requests.count()
    t.ok(held >= 1 && held <= 3, `${what}: ${held} of 5`)
    app.control.requests.clear()
    await create(overrides)
    t.equal(app.control.requests.count(), 1, 'what was forgotten takes no room')
  }
})

t.test('attacks 05: violations take room too', async (t) => {
  const heldOf = async (wrong: number): Promise<number> => {
    const { app, create } = sandbox(t, { maxJournalBytes: 25_000 })
    const payload = JSON.stringify({ ...validBody, eventList: Array(wrong).fill(1) })
    for (let count = 0; count < 5; count += 1) await create({ payload })
    return app.control.requests.count()
  }
  t.equal(await heldOf(1), 5)
  t.equal(await heldOf(50), 2)
})

t.test('attacks 05: faults take room too', async (t) => {
  const { app, create } = sandbox(t, { maxJournalBytes: 40_000 })
  for (let count = 0; count < 100; count += 1) {
    app.control.faults.arm({ effect: { delayMs: 0 }, times: null })
  }
  for (let count = 0; count < 5; count += 1) await create()
  t.equal(app.control.requests.count(), 1)
})

t.test('attacks 05: a query takes no memory in the journal', async (t) => {
  const server = await listening(t)
  /** Bytes that requests take in the journal that have a long text at the end of their target. */
  const takenBy = async (end: string): Promise<number> => {
    const targets = Array.from({ length: 200 }, (_, index) => `/api/a-path-${index}${end}${index}`)
    const texts = targets.map((target) =>
      requestText(`GET ${target} HTTP/1.1`, { connection: 'keep-alive' }, ''),
    )
    await exchange(t, server, texts.join('') + requestText('GET /api HTTP/1.1', {}, ''))
    const held = heldBytes()
    server.requests.clear()
    return held - heldBytes()
  }
  const long = 'x'.repeat(14_000)
  await takenBy('')
  const asPath = await takenBy(`/${long}`)
  const asQuery = await takenBy(`?${long}`)
  t.ok(asQuery < asPath / 3, `${asQuery} and ${asPath} bytes`)
})

t.test('a body that nobody has read yet counts as the most that is kept of it', async (t) => {
  const { app, create } = sandbox(t, { maxJournalBytes: 40_000 })
  for (let count = 0; count < 5; count += 1) {
    await create({ headers: { authorization: 'none' }, payload: 'x'.repeat(12_000) })
  }
  t.equal(app.control.requests.count(), 2)
})

t.test('the last one is kept, however large it is', async (t) => {
  const { app, create } = sandbox(t, { maxJournalBytes: 0 })
  for (let count = 0; count < 2; count += 1) {
    const id = String((await create()).headers['x-wink-mock-request-id'])
    t.strictSame(app.control.requests.find(), [app.control.requests.get(id)])
  }
})

t.test('a journal that is off: no header, and who asks it gets 409', async (t) => {
  const { app, create } = sandbox(t, { maxJournalEntries: 0 })
  const answers = [await create(), await create({ method: 'PUT' }), await app.inject('/api/%zz')]
  for (const { headers } of answers) t.notHas(headers, { 'x-wink-mock-request-id': String })
  const requests = [
    { url: '/__admin/requests' },
    { url: '/__admin/requests/count' },
    { url: '/__admin/requests/9e1f0a5b-69d5-4b8a-83c2-9e6f4a1b8d34' },
    { url: '/__admin/requests', method: 'DELETE' as const },
    { url: '/__admin/requests/find', method: 'POST' as const },
    { url: '/__admin/requests/count', method: 'POST' as const },
    { url: '/__admin/requests/wait', method: 'POST' as const },
  ]
  for (const request of requests) {
    const response = await app.inject(request)
    t.equal(response.statusCode, 409, `${request.method ?? 'GET'} ${request.url}`)
    t.match(problemOf(t, response).detail, /--max-journal-entries/)
  }
  t.throws(() => app.control.requests.find(), { name: 'ApiError', problem: 'conflict' })
  await t.rejects(app.control.requests.wait(), { name: 'ApiError', problem: 'conflict' })
})

t.test('limits are whole numbers', (t) => {
  for (const options of [{ maxJournalEntries: -1 }, { maxJournalBytes: 1.5 }]) {
    t.throws(() => sandbox(t, options), RangeError, JSON.stringify(options))
  }
  t.end()
})

t.test('a reset forgets requests, of all managing entities or of one', async (t) => {
  const { app, create } = sandbox(t)
  const fill = async (): Promise<void> => {
    await create()
    await create({ url: webhooksOf(otherEntity) })
  }
  const cases = [
    { query: 'only=requests', left: 0 },
    { query: `only=requests&managingEntityIdentifier=${entity.toUpperCase()}`, left: 1 },
    { query: `managingEntityIdentifier=${entity}`, left: 1 },
    { query: 'only=webhooks', left: 2 },
    { query: '', left: 0 },
  ]
  for (const { query, left } of cases) {
    await fill()
    const { statusCode } = await app.inject({ method: 'POST', url: `/__admin/reset?${query}` })
    t.equal(statusCode, 204)
    t.equal(app.control.requests.count(), left, query)
    app.control.requests.clear()
  }
})

t.test('a request that names no managing entity is of none', async (t) => {
  const { app, create } = sandbox(t)
  await create({ url: '/api/unknown' })
  t.match(app.control.requests.find(), [{ managingEntityIdentifier: null }])
  t.equal(app.control.requests.count({ managingEntityIdentifier: entity }), 0)
})

t.test('what breaks elsewhere is answered, and not in the journal', async (t) => {
  const server = await listening(t)
  const headers = { host: '127.0.0.1', 'transfer-encoding': 'chunked' }
  const text = requestText('POST /__admin/reset HTTP/1.1', headers, 'no chunk')
  const { status, head } = await exchange(t, server, text.replace(/content-length: .*\r\n/, ''))
  t.equal(status, 400)
  t.notMatch(head, /x-wink-mock-request-id/i)
  t.strictSame(server.requests.find(), [])
})
