import t from 'tap'
import { validBody } from '../fixtures/requests.ts'
import { projectText } from '../fixtures/project.ts'
import { problemOf, sandbox, type TestSandbox } from '../fixtures/sandbox.ts'

/** Event names of older documents of Wink; null where today's name is not evident. */
const retired = JSON.parse(projectText('test/fixtures/wink-retired-events.json')) as {
  name: string
  today: string | null
}[]

const lastHints = ({ app }: TestSandbox): readonly string[] | undefined =>
  app.control.requests.find().at(-1)?.diagnosis.hints

t.test(
  'a retired event type is accepted, and the journal names today’s (CONTRACT §4)',
  async (t) => {
    const box = sandbox(t)
    t.equal(retired.length, 26)
    for (const { name, today } of retired) {
      const response = await box.create({ payload: { ...validBody, eventList: [name] } })
      t.equal(response.statusCode, 201, name)
      t.match(response.json(), { eventList: [name] })
      const [hint = '', ...others] = lastHints(box) ?? []
      t.strictSame(others, [])
      const ending = today === null ? 'catalogue' : `; did you mean ${today}?`
      t.match(hint, new RegExp(`^"${name}" (?:was retired from|is not in) Wink's event catalogue`))
      t.ok(hint.endsWith(ending), hint)
    }
  },
)

t.test('unknownEventNames refuse: the refusal of a retired event type names today’s', async (t) => {
  const { create } = sandbox(t, { switches: { unknownEventNames: 'refuse' } })
  for (const { name, today } of retired) {
    const response = await create({ payload: { ...validBody, eventList: [name] } })
    const [violation] = problemOf(t, response).properties?.errors ?? []
    t.ok(
      violation?.detail.includes(today === null ? 'Wink retired it' : `${today} may be meant`),
      name,
    )
  }
})

t.test('Wink’s old path is 404 and names today’s (CONTRACT §4)', async (t) => {
  const box = sandbox(t)
  const sentence =
    'Wink had webhooks at /api/webhook once; send to /api/managing-entity/{managingEntityIdentifier}/webhook.'
  const id = '14ebec38-30a5-4c2a-8200-1bb8539bb073'
  const requests = [
    { method: 'POST', url: '/api/webhook' },
    { method: 'GET', url: '/api/webhook/list?ownerIdentifier=x' },
    { method: 'GET', url: '/api/webhook/event/list' },
    { method: 'GET', url: `/api/webhook/${id}` },
    { method: 'PATCH', url: `/api/webhook/${id}` },
    { method: 'DELETE', url: `/api/webhook/${id}` },
  ] as const
  for (const request of requests) {
    const response = await box.create(request)
    t.equal(response.statusCode, 404)
    t.ok(problemOf(t, response).detail.endsWith(sentence), request.url)
    t.strictSame(lastHints(box), [sentence])
  }
})

t.test(
  'retired members are ignored, and the journal names today’s form (CONTRACT §2, §4)',
  async (t) => {
    const box = sandbox(t)
    const entity = { ...validBody.entity, type: 'HOTEL', subType: 'RESORT' }
    const payload = { ...validBody, eventList: [], entity, ownerType: 'HOTEL' }
    const response = await box.create({ payload })
    t.equal(response.statusCode, 201)
    t.notMatch(response.body, /HOTEL|RESORT|ownerType/)
    t.match(lastHints(box), [/^ownerType was retired/, /^type and subType of entity were retired/])
  },
)
