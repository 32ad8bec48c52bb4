import t from 'tap'
import type { FaultRule } from '../../../src/index.ts'
import { actedOf, onlyRequest } from '../../fixtures/faults.ts'
import { webhooksOf } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

/** A managing entity that always answers this status. */
const special = (status: number | string): string => `00000000-0000-4000-8000-000000000${status}`
const prefer409 = { headers: { prefer: 'code=409' } }
const delay = { delayMs: 1 }

t.test('a special managing entity always answers its documented problem', async (t) => {
  for (const status of [400, 401, 403, 404, 405, 409, 415, 500, 503]) {
    await t.test(`${status}`, async (t) => {
      const { app, create } = sandbox(t)
      for (let sent = 0; sent < 2; sent += 1) {
        const response = await create({ url: webhooksOf(special(status)) })
        t.equal(response.statusCode, status)
        t.match(problemOf(t, response), { detail: `managing entity ${special(status)}` })
        t.notOk(response.headers['preference-applied'])
      }
      t.strictSame(app.control.webhooks.list(), [])
      t.strictSame(
        app.control.requests.find()[0]?.faults,
        [{ source: 'managing-entity', effect: { status }, when: 'before' }],
        'the journal names its source',
      )
    })
  }
})

t.test('a special managing entity is special on every path that names it', async (t) => {
  const { app } = sandbox(t)
  const cases: [string, number][] = [
    [`/api/managing-entity/${special(409)}`, 409],
    [`/api/managing-entity/${special(409)}/unknown`, 409],
    [`/api/managing-entity/${special(409).replaceAll('0', '%30')}/webhook`, 409],
    [`/api/unknown/${special(409)}`, 401],
    [`/oauth2/${special(409)}`, 404],
  ]
  for (const [url, status] of cases) t.equal((await app.inject({ url })).statusCode, status, url)
})

t.test('other managing entities are not special', async (t) => {
  const { app, create } = sandbox(t)
  for (const identifier of [
    special(402),
    special(429),
    special('000'),
    `1${special(503).slice(1)}`,
    `${special(503)}0`,
    `x${special(503)}`,
  ]) {
    await create({ url: webhooksOf(identifier) })
    t.strictSame(app.control.requests.find().at(-1)?.faults, [], identifier)
  }
})

const cases: {
  name: string
  rules: FaultRule[]
  entity?: string
  acted: number[]
  status: number
}[] = [
  {
    name: 'the rule that was armed first answers; the others are not used up',
    rules: [{ effect: { status: 502 } }, { effect: { status: 504 } }],
    acted: [1, 0],
    status: 502,
  },
  {
    name: 'a rule that does not match leaves the answer to the next',
    rules: [{ match: { method: 'GET' }, effect: { status: 502 } }, { effect: { status: 504 } }],
    acted: [0, 1],
    status: 504,
  },
  {
    name: 'so does one that skips',
    rules: [{ skip: 1, effect: { status: 502 } }, { effect: { status: 504 } }],
    acted: [0, 1],
    status: 504,
  },
  {
    name: 'a rule comes before Prefer and a special managing entity',
    rules: [{ effect: { status: 502 } }],
    entity: special(503),
    acted: [1],
    status: 502,
  },
  {
    name: 'Prefer comes before a special managing entity',
    rules: [],
    entity: special(503),
    acted: [],
    status: 409,
  },
  {
    name: 'a mere delay leaves the answer to the next rule',
    rules: [{ effect: delay }, { effect: { status: 502 } }],
    acted: [1, 1],
    status: 502,
  },
  {
    name: 'a mere delay leaves the answer to Prefer',
    rules: [{ effect: delay }, { effect: { minMs: 0, maxMs: 1 } }],
    acted: [1, 1],
    status: 409,
  },
  {
    name: 'a delay behind the rule that answers is not used up',
    rules: [{ effect: { status: 502 } }, { effect: delay }],
    acted: [1, 0],
    status: 502,
  },
  {
    name: 'an answer of its own makes a delay more than a mere one',
    rules: [{ effect: { ...delay, status: 504 } }, { effect: { status: 502 } }],
    acted: [1, 0],
    status: 504,
  },
  {
    name: 'a rule that answers after the commit has no turn behind Prefer',
    rules: [{ effect: { status: 502 }, when: 'after-commit' }],
    acted: [0],
    status: 409,
  },
  {
    name: 'neither has a delay after the commit',
    rules: [{ effect: delay, when: 'after-commit' }],
    acted: [0],
    status: 409,
  },
]

t.test(
  'rules come in the order in which they were armed, then Prefer, then entities',
  async (t) => {
    for (const { name, rules, entity, acted, status } of cases) {
      await t.test(name, async (t) => {
        const { app, create } = sandbox(t)
        const armed = rules.map((rule) => app.control.faults.arm(rule))
        const response = await create({ ...prefer409, ...(entity && { url: webhooksOf(entity) }) })
        t.equal(response.statusCode, status)
        t.equal(response.headers['preference-applied'], status === 409 ? 'code=409' : undefined)
        t.strictSame(
          armed.map((fault) => actedOf(app, fault)),
          acted,
          'how often each has acted',
        )
        t.strictSame(
          onlyRequest(app).faults.map(({ source, id }) => id ?? source),
          [
            ...armed.filter((_, index) => acted[index]).map(({ id }) => id),
            ...(status === 409 ? ['prefer'] : []),
          ],
          'the journal names those that acted, in their order',
        )
      })
    }
  },
)

t.test(
  'a mere delay leaves the answer to a special managing entity, or to the truth',
  async (t) => {
    const { app, create } = sandbox(t)
    app.control.faults.arm({ effect: delay, times: null })
    t.equal((await create({ url: webhooksOf(special(503)) })).statusCode, 503)
    t.equal((await create()).statusCode, 201)
    t.equal((await create({ headers: { authorization: 'none' } })).statusCode, 401)
  },
)

t.test('a fault comes before all that the request itself breaks (CONTRACT §1)', async (t) => {
  const { app } = sandbox(t)
  app.control.faults.arm({ effect: { status: 502 } })
  const response = await app.inject({ method: 'PUT', url: '/api/unknown', payload: 'x' })
  t.equal(response.statusCode, 502)
})

t.test('Prefer and special entities say in the journal where they come from', async (t) => {
  const { app, create } = sandbox(t)
  await create(prefer409)
  t.strictSame(onlyRequest(app).faults, [
    { source: 'prefer', effect: { status: 409 }, when: 'before' },
  ])
})
