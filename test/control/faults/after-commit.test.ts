import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import type { FaultEffect } from '../../../src/index.ts'
import { actedOf, onlyRequest, sent, until, veryLong } from '../../fixtures/faults.ts'
import { entity, otherEntity, webhooksOf, type Overrides } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const when = 'after-commit'

t.test('the webhook is stored once, and its answer replaced or lost', async (t) => {
  const cases: { effect: FaultEffect; status: number | null }[] = [
    { effect: { status: 503 }, status: 503 },
    { effect: { status: 500, body: 'boot-error' }, status: 500 },
    { effect: { status: 401, body: 'spring-security' }, status: 401 },
    { effect: { status: 504, body: 'gateway-html' }, status: 504 },
    { effect: { status: 502, body: 'empty' }, status: 502 },
    { effect: { status: 409, delayMs: 1 }, status: 409 },
    { effect: { delayMs: 1 }, status: 201 },
    { effect: { minMs: 0, maxMs: 0 }, status: 201 },
    { effect: { connection: 'connection-reset' }, status: null },
    { effect: { connection: 'empty-response', delayMs: 1 }, status: null },
    { effect: { connection: 'no-response' }, status: null },
    { effect: { connection: 'truncated-body' }, status: 201 },
    { effect: { connection: 'truncated-body', status: 502 }, status: 502 },
  ]
  for (const { effect, status } of cases) {
    await t.test(JSON.stringify(effect), async (t) => {
      const { app, create } = sandbox(t)
      const { id } = app.control.faults.arm({ effect, when })
      const answer: Promise<LightMyRequestResponse> = create()
      if (effect.connection) await t.rejects(answer, 'no whole answer')
      else t.equal((await answer).statusCode, status)
      const stored = app.control.webhooks.list()
      t.equal(stored.length, 1)
      t.match(onlyRequest(app), {
        status,
        operation: 'create-webhook',
        createdWebhookId: stored[0]?.id,
        faults: [{ source: 'rule', id, effect, when }],
      })
      t.match(app.control.faults.get(id), { acted: 1, remaining: 0 })
      t.equal((await create()).statusCode, 201, 'the next one gets its own answer')
      t.equal(app.control.webhooks.list().length, 2)
    })
  }
})

t.test('a mere delay after the commit leaves the answer as it is', async (t) => {
  const { create: plain } = sandbox(t)
  const { app, create } = sandbox(t)
  app.control.faults.arm({ effect: { delayMs: 1 }, when })
  const [expected, delayed] = [await plain(), await create()]
  t.equal(delayed.body, expected.body)
  t.equal(delayed.statusMessage, 'Created')
  t.equal(delayed.headers['content-type'], 'application/json')
  t.equal(delayed.headers['content-length'], expected.headers['content-length'])
})

t.test('the problem says that the request was carried out', async (t) => {
  const { app, create } = sandbox(t)
  const { id } = app.control.faults.arm({ effect: { status: 503 }, when })
  const response = await create()
  t.match(problemOf(t, response), {
    title: 'Service Unavailable',
    detail: `Answered because of "fault ${id}"; the request was carried out.`,
    instance: webhooksOf(entity),
  })
  t.equal(response.headers['retry-after'], '1')
  t.equal(response.headers['x-wink-mock-request-id'], onlyRequest(app).id)
})

t.test('what is refused by itself is not hit, and does not count', async (t) => {
  const known = { identifier: entity, name: 'One' }
  const tokens = [{ token: 'some-token' }, { token: 'reader', scopes: ['account.read' as const] }]
  const data = { managingEntities: [known], tokens }
  const cases: { request: Overrides; status: number }[] = [
    { request: { payload: 'null' }, status: 400 },
    { request: { payload: '{}' }, status: 400 },
    { request: { headers: { 'wink-version': '1' } }, status: 400 },
    { request: { headers: { authorization: 'none' } }, status: 401 },
    { request: { headers: { authorization: 'Bearer reader' } }, status: 403 },
    { request: { url: webhooksOf(otherEntity) }, status: 404 },
    { request: { url: '/api/unknown' }, status: 404 },
    { request: { method: 'PUT' }, status: 405 },
    { request: { payload: 'x'.repeat(1024 * 1024 + 1) }, status: 413 },
    { request: { headers: { 'content-type': 'text/plain' } }, status: 415 },
  ]
  for (const effect of [
    { status: 502 },
    { delayMs: veryLong },
    { connection: 'connection-reset' },
  ] as const) {
    for (const { request, status } of cases) {
      await t.test(`${JSON.stringify(effect)}: ${status}`, async (t) => {
        const { app, create } = sandbox(t, { data })
        const fault = app.control.faults.arm({ effect, when })
        const response = await create(request)
        t.equal(response.statusCode, status)
        problemOf(t, response)
        t.strictSame(onlyRequest(app).faults, [])
        t.match(app.control.faults.get(fault.id), { matched: 0, acted: 0, remaining: 1 })
      })
    }
  }
})

t.test('a store that is full refuses by itself, too', async (t) => {
  const { app, create } = sandbox(t, { maxWebhooks: 0 })
  const fault = app.control.faults.arm({ effect: { status: 502 }, when })
  t.equal((await create()).statusCode, 503)
  t.equal(actedOf(app, fault), 0)
})

t.test(
  'a request that will be refused does not keep a fault from one that is accepted',
  async (t) => {
    const { app, create } = sandbox(t)
    const before = app.control.faults.arm({ effect: { delayMs: veryLong } })
    app.control.faults.arm({ effect: { status: 502 }, when, skip: 1 })
    const refused = sent(create({ headers: { authorization: 'none' } }))
    await until(() => actedOf(app, before) === 1)
    t.equal((await create()).statusCode, 201, 'the one that is skipped')
    t.equal((await create()).statusCode, 502)
    await app.close()
    t.equal((await refused).statusCode, 401)
  },
)

t.test('a rule with times 1 hits one of two requests that come together', async (t) => {
  for (const effect of [{ status: 503 }, { status: 503, delayMs: 5 }] as const) {
    for (const moment of ['before', when] as const) {
      await t.test(`${JSON.stringify(effect)}, ${moment}`, async (t) => {
        const { app, create } = sandbox(t)
        const fault = app.control.faults.arm({ effect, when: moment })
        const answers = await Promise.all([create(), create()])
        t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [201, 503])
        t.equal(app.control.webhooks.list().length, moment === when ? 2 : 1)
        t.match(app.control.faults.get(fault.id), { acted: 1, remaining: 0 })
      })
    }
  }
})

t.test('a fault that a request was too bad for hits the next one', async (t) => {
  const { app, create } = sandbox(t)
  app.control.faults.arm({ effect: { status: 502 }, when })
  const statuses: number[] = []
  for (const authorization of ['none', 'Bearer some-token', 'Bearer some-token']) {
    statuses.push((await create({ headers: { authorization } })).statusCode)
  }
  t.strictSame(statuses, [401, 502, 201])
})

t.test('a delay before and a loss after the commit both act', async (t) => {
  const { app, create } = sandbox(t)
  const before = app.control.faults.arm({ effect: { delayMs: 1 } })
  const after = app.control.faults.arm({ effect: { status: 504, body: 'empty' }, when })
  t.equal((await create()).statusCode, 504)
  t.strictSame(
    onlyRequest(app).faults.map(({ id, when }) => [id, when]),
    [
      [before.id, 'before'],
      [after.id, 'after-commit'],
    ],
  )
  t.equal(app.control.webhooks.list().length, 1)
})

t.test(
  'what does not act because a fault before it breaks the connection is not used up',
  async (t) => {
    const { app, create } = sandbox(t)
    const late = app.control.faults.arm({ effect: { delayMs: 1 }, when })
    const reset = app.control.faults.arm({ effect: { connection: 'connection-reset' } })
    await t.rejects(create())
    t.equal(actedOf(app, reset), 1)
    t.equal(actedOf(app, late), 0)
    t.strictSame(app.control.webhooks.list(), [])
  },
)
