import t from 'tap'
import type { RequestList } from '../../../src/index.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

/** Two requests that are carried out, and two that are refused. */
async function recorded(t: Parameters<typeof sandbox>[0]) {
  const { app, create } = sandbox(t)
  for (const overrides of [{}, { payload: '{}' }, { payload: '[]' }, {}]) await create(overrides)
  return { app, requests: app.control.requests.find() }
}

const lists: { list: RequestList; finds: number[] }[] = [
  { list: { order: 'asc' }, finds: [0, 1, 2, 3] },
  { list: { order: 'desc' }, finds: [3, 2, 1, 0] },
  { list: { limit: 2 }, finds: [0, 1] },
  { list: { order: 'desc', limit: 2 }, finds: [3, 2] },
  { list: { order: 'desc', limit: 1, status: 400 }, finds: [2] },
  { list: { limit: 1_000_000 }, finds: [0, 1, 2, 3] },
]

for (const { list, finds } of lists) {
  t.test(`a list has its order, and ends at its limit: ${JSON.stringify(list)}`, async (t) => {
    const { app, requests } = await recorded(t)
    const query = new URLSearchParams(
      Object.entries(list).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString()
    const found = { requests: finds.map((index) => requests[index]) }
    const post = { method: 'POST' as const, url: '/__admin/requests/find', payload: list }
    t.same((await app.inject(`/__admin/requests?${query}`)).json(), found, 'GET')
    t.same((await app.inject(post)).json(), found, 'find')
    t.same(app.control.requests.find(list), found.requests, 'library')
  })
}

t.test(
  'a list of ids selects these requests, and nothing for an id that is not there',
  async (t) => {
    const { app, requests } = await recorded(t)
    const [first, second, , fourth] = requests
    const id = String(first?.id)
    const gone = '9c108a9a-aaf8-4808-9ffa-4ab020cf1364'
    const find = (list: RequestList) => app.control.requests.find(list)
    t.same(find({ ids: [String(fourth?.id), id.toUpperCase(), gone] }), [first, fourth])
    t.same(find({ ids: [id, String(second?.id)], status: 400 }), [second])
    t.same(find({ ids: [] }), [])
    t.equal(find({ ids: Array.from({ length: 10_000 }, () => id) }).length, 1)
    const tooMany = () => find({ ids: Array.from({ length: 10_001 }, () => id) })
    t.throws(tooMany, { message: /#\/ids must/ })
    t.same((await app.inject(`/__admin/requests?ids=${id},${gone}`)).json(), { requests: [first] })
    for (const query of ['ids=', `ids=${id},x`]) {
      const problem = problemOf(t, await app.inject(`/__admin/requests?${query}`))
      t.match(problem.properties?.errors, [{ pointer: /^#\/ids\/[01]$/ }], query)
    }
  },
)

t.test('order and limit belong to lists alone', async (t) => {
  const { app } = sandbox(t)
  const wrong: { url: string; pointer: string }[] = [
    { url: '/__admin/requests?order=newest', pointer: '#/order' },
    { url: '/__admin/requests?limit=0', pointer: '#/limit' },
    { url: '/__admin/requests?limit=ten', pointer: '#/limit' },
    { url: '/__admin/requests?limit=1000001', pointer: '#/limit' },
    { url: '/__admin/requests/count?limit=1', pointer: '#/limit' },
    { url: '/__admin/requests/count?order=desc', pointer: '#/order' },
    { url: '/__admin/requests/count?ids=x', pointer: '#/ids' },
  ]
  for (const { url, pointer } of wrong) {
    const problem = problemOf(t, await app.inject(url))
    t.match(problem, { status: 400, properties: { errors: [{ pointer }] } }, url)
  }
})
