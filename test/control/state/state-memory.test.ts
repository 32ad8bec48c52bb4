import { getHeapStatistics } from 'node:v8'
import t from 'tap'
import { validBody } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const put = { method: 'PUT', url: '/__admin/state' } as const
const headers = { 'content-type': 'application/json' }
/** So many empty objects take more than an eighth of the heap by any count. */
const many = Math.ceil(getHeapStatistics().heap_size_limit / 8 / 100)

t.test('a state that would take more memory than there is, once parsed, is 413', async (t) => {
  const { app } = sandbox(t)
  const payload = `{"tokens":[${'{},'.repeat(many)}{}]}`
  const answer = await app.inject({ ...put, headers, payload })
  t.match(problemOf(t, answer), {
    status: 413,
    detail: /^The body would take some \d+ MiB of memory once it is parsed, and may take \d+;/,
  })
})

t.test('brackets and commas in a text are no values', async (t) => {
  const { app } = sandbox(t)
  const entity = { ...validBody.entity, name: '"{},'.repeat(many / 4) }
  const payload = JSON.stringify({ managingEntities: [entity] })
  t.equal((await app.inject({ ...put, headers, payload })).statusCode, 204)
})

t.test('a state that is nested too deeply is 400 and says so', async (t) => {
  const { app } = sandbox(t)
  const payload = `{"webhooks":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const answer = await app.inject({ ...put, headers, payload })
  t.match(problemOf(t, answer), { status: 400, detail: /# must not be nested so deeply/ })
})
