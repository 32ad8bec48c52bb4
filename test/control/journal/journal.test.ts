import t from 'tap'
import { entity, otherEntity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { now, problemOf, sandbox } from '../../fixtures/sandbox.ts'
import { listening, requestText, exchange } from '../../fixtures/wire.ts'

const idHeader = 'x-wink-mock-request-id'
/** An id that no journal holds. */
const unknownId = '9e1f0a5b-69d5-4b8a-83c2-9e6f4a1b8d34'

t.test('an exchange is in the journal with all that is known of it', async (t) => {
  const { app, create } = sandbox(t)
  const response = await create({ url: `${webhooksOf(entity)}?of=interest` })
  const body = JSON.stringify(validBody)
  t.strictSame(app.control.requests.find(), [
    {
      id: String(response.headers[idHeader]),
      time: now,
      method: 'POST',
      path: webhooksOf(entity),
      operation: 'create-webhook',
      managingEntityIdentifier: entity,
      headers: {
        authorization: 'Bearer [masked]',
        'content-type': 'application/json',
        'wink-version': '2.0',
        'user-agent': 'lightMyRequest',
        host: 'localhost:80',
        'content-length': String(Buffer.byteLength(body)),
      },
      body,
      bodyBytes: Buffer.byteLength(body),
      status: 201,
      response: app.control.requests.find()[0]?.response ?? null,
      durationMs: app.control.requests.find()[0]?.durationMs ?? -1,
      faults: [],
      createdWebhookId: response.json<{ id: string }>().id,
      diagnosis: {
        refusedBy: null,
        hints: [`"booking.created" is not in Wink's event catalogue; did you mean booking.create?`],
      },
    },
  ])
})

t.test(
  'what is below /api and /oauth2, or is meant to be, is in the journal, and nothing else',
  async (t) => {
    const { app } = sandbox(t)
    const cases: { url: string; kept: boolean }[] = [
      { url: webhooksOf(entity), kept: true },
      { url: '/api', kept: true },
      { url: '/api?x=1', kept: true },
      { url: '/api/', kept: true },
      { url: '/%61pi/x', kept: true },
      { url: '/api/%zz', kept: true },
      { url: '/oauth2', kept: true },
      { url: '/oauth2/token', kept: true },
      { url: '/oauth2/%zz', kept: true },
      { url: '/', kept: false },
      { url: '/apis', kept: false },
      { url: '/API/x', kept: true },
      { url: '/%zz', kept: false },
      { url: '/__admin/health', kept: false },
      { url: '/__admin/requests', kept: false },
      { url: '/__admin/%zz', kept: false },
    ]
    for (const { url, kept } of cases) {
      const { headers } = await app.inject(url)
      t.equal(idHeader in headers, kept, `${url}: the answer names its entry`)
      t.equal(app.control.requests.count(), kept ? 1 : 0, `${url}: one entry or none`)
      if (kept) t.match(app.control.requests.get(String(headers[idHeader])).path, /^\/[^?]+$/)
      app.control.requests.clear()
    }
  },
)

t.test('the entry that an answer names can be looked up at once', async (t) => {
  const server = await listening(t)
  for (const bytes of [
    requestText(),
    requestText(`HEAD ${webhooksOf(entity)} HTTP/1.1`, {}, ''),
    requestText('GET /api/nothing HTTP/1.1', {}, ''),
    requestText('GET /api/%zz HTTP/1.1', {}, ''),
    'NONSENSE\r\n\r\n',
  ]) {
    const { head, status } = await exchange(t, server, bytes)
    const id = /^x-wink-mock-request-id: (\S+)\r?$/im.exec(head)?.[1] ?? ''
    const response = await fetch(`${server.url}/__admin/requests/${id.toUpperCase()}`)
    t.equal(response.status, 200)
    t.match(await response.json(), { id, status })
  }
})

t.test('a request that the journal does not hold is 404', async (t) => {
  const { app } = sandbox(t)
  const response = await app.inject(`/__admin/requests/${unknownId}`)
  t.equal(response.statusCode, 404)
  t.match(problemOf(t, response).detail, unknownId)
  t.throws(() => app.control.requests.get('x'), { name: 'ApiError', problem: 'not-found' })
})

/** Four requests that differ in what filters look at, a minute apart. */
async function recorded(t: Parameters<typeof sandbox>[0]) {
  const { app, create } = sandbox(t)
  for (const [minute, overrides] of [
    {},
    { payload: '{}' },
    { url: webhooksOf(otherEntity) },
    { method: 'PUT' as const, payload: '' },
  ].entries()) {
    app.control.clock.set({ mode: 'frozen', instant: `2026-01-14T10:0${minute}:00Z` })
    await create(overrides)
  }
  return { app, requests: app.control.requests.find() }
}

const filters: { filter: Record<string, string | number>; finds: number[] }[] = [
  { filter: {}, finds: [0, 1, 2, 3] },
  { filter: { managingEntityIdentifier: entity }, finds: [0, 1, 3] },
  { filter: { managingEntityIdentifier: otherEntity.toUpperCase() }, finds: [2] },
  { filter: { managingEntityIdentifier: unknownId }, finds: [] },
  { filter: { method: 'POST' }, finds: [0, 1, 2] },
  { filter: { method: 'put' }, finds: [3] },
  { filter: { status: 400 }, finds: [1, 2] },
  { filter: { operation: 'create-webhook' }, finds: [0, 1, 2] },
  { filter: { since: '2026-01-14T10:02:00Z' }, finds: [2, 3] },
  { filter: { since: '2026-01-14T12:02:30+02:00' }, finds: [3] },
  { filter: { path: webhooksOf(otherEntity) }, finds: [2] },
  { filter: { path: `${webhooksOf(otherEntity)}?` }, finds: [] },
  { filter: { status: 400, managingEntityIdentifier: entity, method: 'POST' }, finds: [1] },
]

for (const { filter, finds } of filters) {
  t.test(`a filter finds what all of it is true of: ${JSON.stringify(filter)}`, async (t) => {
    const { app, requests } = await recorded(t)
    const query = new URLSearchParams(
      Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString()
    const found = { requests: finds.map((index) => requests[index]) }
    const count = { count: finds.length }
    const post = { method: 'POST' as const, payload: filter }
    t.same((await app.inject(`/__admin/requests?${query}`)).json(), found, 'GET')
    t.same((await app.inject(`/__admin/requests/count?${query}`)).json(), count, 'GET count')
    t.same((await app.inject({ url: '/__admin/requests/find', ...post })).json(), found, 'find')
    t.same((await app.inject({ url: '/__admin/requests/count', ...post })).json(), count, 'count')
    t.same(app.control.requests.find(filter), found.requests, 'library')
    t.equal(app.control.requests.count(filter), finds.length, 'library count')
    const deleted = await app.inject({ method: 'DELETE', url: `/__admin/requests?${query}` })
    t.equal(deleted.statusCode, 204)
    t.same(
      app.control.requests.find().map(({ id }) => id),
      requests.filter((_request, index) => !finds.includes(index)).map(({ id }) => id),
      'DELETE forgets the same and no other',
    )
  })
}

t.test(
  'since a request is after it, in either case, though it came in the same instant',
  async (t) => {
    const { app, create } = sandbox(t)
    const ids: string[] = []
    for (let count = 0; count < 3; count += 1) ids.push(String((await create()).headers[idHeader]))
    for (const since of [ids[0] ?? '', (ids[0] ?? '').toUpperCase()]) {
      t.same(
        app.control.requests.find({ since }).map(({ id }) => id),
        ids.slice(1),
      )
    }
    app.control.requests.clear({ since: ids[1] ?? '' })
    t.equal(app.control.requests.count(), 2)
  },
)

t.test('a filter that makes no sense is refused, and its pointer says where', async (t) => {
  const { app, create } = sandbox(t)
  await create()
  const cases: { filter: Record<string, unknown>; pointer: string; detail: RegExp }[] = [
    { filter: { statuses: 400 }, pointer: '#/statuses', detail: /no such member/ },
    { filter: { status: 99 }, pointer: '#/status', detail: /from 100 to 599 or null/ },
    { filter: { status: 600 }, pointer: '#/status', detail: /whole number/ },
    { filter: { status: 'ok' }, pointer: '#/status', detail: /whole number/ },
    { filter: { status: [400, 401] }, pointer: '#/status', detail: /whole number/ },
    { filter: { method: 'WINK' }, pointer: '#/method', detail: /an HTTP method/ },
    {
      filter: { operation: 'create' },
      pointer: '#/operation',
      detail: /must be one of create-webhook/,
    },
    { filter: { managingEntityIdentifier: '' }, pointer: '#/managingEntity', detail: /1 char/ },
    { filter: { since: 'yesterday' }, pointer: '#/since', detail: /date and time.*or a UUID/ },
    { filter: { since: unknownId }, pointer: '#/since', detail: /id of a request in the journal/ },
  ]
  for (const { filter, pointer, detail } of cases) {
    const query = new URLSearchParams(
      Object.entries(filter).flatMap(([name, values]) =>
        [values].flat().map((value): [string, string] => [name, String(value)]),
      ),
    ).toString()
    const post = { method: 'POST' as const, payload: filter }
    for (const request of [
      { url: `/__admin/requests?${query}` },
      { url: `/__admin/requests/count?${query}` },
      { url: `/__admin/requests?${query}`, method: 'DELETE' as const },
      { url: '/__admin/requests/find', ...post },
      { url: '/__admin/requests/count', ...post },
      { url: '/__admin/requests/wait', ...post },
    ]) {
      const response = await app.inject(request)
      t.equal(response.statusCode, 400, `${request.url} ${JSON.stringify(filter)}`)
      const [error, ...others] = problemOf(t, response).properties?.errors ?? []
      t.match(error, { pointer, detail })
      t.equal(others.length, 0, 'and nothing else')
    }
    t.throws(
      () => app.control.requests.find(filter),
      { name: 'ApiError', problem: 'bad-request' },
      'library',
    )
  }
  t.equal(app.control.requests.count(), 1, 'and nothing was forgotten')
})

t.test('the oldest make room: maxJournalEntries', async (t) => {
  const { app, create } = sandbox(t, { maxJournalEntries: 2 })
  const ids: string[] = []
  for (let count = 0; count < 4; count += 1) ids.push(String((await create()).headers[idHeader]))
  t.same(
    app.control.requests.find().map(({ id }) => id),
    ids.slice(2),
  )
})

t.test('by default the journal holds 1,000', async (t) => {
  const { app } = sandbox(t)
  for (let count = 0; count < 1_001; count += 1) await app.inject('/oauth2')
  t.equal(app.control.requests.count(), 1_000)
})

t.test('requests that got no answer can be asked for', async (t) => {
  const { app, create } = sandbox(t)
  app.control.faults.arm({ effect: { connection: 'connection-reset' } })
  await t.rejects(create())
  await create()
  const { requests } = (await app.inject('/__admin/requests?status=null')).json<{
    requests: object[]
  }>()
  t.match(requests, [{ status: null }])
  t.equal(app.control.requests.count({ status: null }), 1)
})
