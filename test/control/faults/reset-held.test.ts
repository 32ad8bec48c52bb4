import t from 'tap'
import type { FaultRule, Reset } from '../../../src/index.ts'
import { actedOf, sent, until, veryLong } from '../../fixtures/faults.ts'
import {
  createRequest,
  entity,
  otherEntity,
  validBody,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'
import { tokenRequest, isOAuthError } from '../../fixtures/tokens.ts'
import { dial, listening, received, requestText } from '../../fixtures/wire.ts'

const detail =
  'The sandbox was reset while a fault held the request; send it again if it still matters.'
const delay: FaultRule = { times: null, effect: { delayMs: veryLong } }
const delayAfterwards: FaultRule = { ...delay, when: 'after-commit' }
const silence: FaultRule = { times: null, effect: { connection: 'no-response' } }

const createFor = (identifier: string) =>
  createRequest({
    url: webhooksOf(identifier),
    payload: { ...validBody, entity: { identifier, name: 'Siam' } },
  })

t.test('attacks 15: a reset ends what is delayed: 503, and nothing is stored behind it', (t) => {
  const cases: {
    name: string
    rule: FaultRule
    reset: Reset
    stored: number
    journal: object[]
  }[] = [
    { name: 'all', rule: delay, reset: {}, stored: 0, journal: [] },
    {
      name: 'the faults alone: the request is in the journal',
      rule: delay,
      reset: { only: ['faults'] },
      stored: 0,
      journal: [{ status: 503, createdWebhookId: null, faults: [{ source: 'rule' }] }],
    },
    { name: 'all, after the commit', rule: delayAfterwards, reset: {}, stored: 0, journal: [] },
    {
      name: 'the faults alone, after the commit: it was carried out',
      rule: delayAfterwards,
      reset: { only: ['faults'] },
      stored: 1,
      journal: [{ status: 503, createdWebhookId: /./ }],
    },
    {
      name: 'of its managing entity',
      rule: delay,
      reset: { managingEntityIdentifier: entity.toUpperCase() },
      stored: 0,
      journal: [],
    },
  ]
  for (const { name, rule, reset, stored, journal } of cases) {
    t.test(name, async (t) => {
      const { app, create } = sandbox(t)
      const fault = app.control.faults.arm(rule)
      const answer = sent(create())
      await until(() => actedOf(app, fault) === 1)
      app.control.reset(reset)
      const response = await answer
      t.equal(response.statusCode, 503)
      t.equal(response.headers['retry-after'], '1')
      t.equal(problemOf(t, response).detail, detail)
      t.equal(app.control.webhooks.list().length, stored)
      t.match(app.control.requests.find(), journal)
      t.equal(app.control.requests.count(), journal.length)
    })
  }
  t.end()
})

t.test('attacks 15: a token request that is delayed gets an OAuth error', async (t) => {
  const { app } = sandbox(t)
  const fault = app.control.faults.arm(delay)
  const answer = sent(app.inject(tokenRequest()))
  await until(() => actedOf(app, fault) === 1)
  app.control.reset()
  isOAuthError(t, await answer, { status: 503, error: 'temporarily_unavailable' })
})

t.test('attacks 15: what a reset leaves alone is held on', (t) => {
  const resets: Reset[] = [
    { only: ['webhooks', 'requests', 'clock'] },
    { managingEntityIdentifier: otherEntity },
  ]
  for (const reset of resets) {
    t.test(JSON.stringify(reset), async (t) => {
      const { app } = sandbox(t)
      const fault = app.control.faults.arm(delay)
      const held = [sent(app.inject(createFor(entity))), sent(app.inject(tokenRequest()))]
      const other = sent(app.inject(createFor(otherEntity)))
      await until(() => actedOf(app, fault) === 3)
      app.control.reset(reset)
      app.control.reset({ managingEntityIdentifier: otherEntity })
      t.equal((await other).statusCode, 503)
      await app.close()
      t.strictSame(
        (await Promise.all(held)).map(({ statusCode }) => statusCode),
        [201, 200],
      )
    })
  }
  t.end()
})

t.test('attacks 15: what did not act behind a delay is not used up', async (t) => {
  const { app, create } = sandbox(t)
  const match = { managingEntityIdentifier: entity }
  const delayed = app.control.faults.arm({ match, effect: { delayMs: veryLong } })
  const behind = app.control.faults.arm({ effect: { status: 504 } })
  const answer = sent(create())
  await until(() => actedOf(app, delayed) === 1)
  app.control.reset({ managingEntityIdentifier: entity, only: ['faults'] })
  await answer
  t.equal(actedOf(app, behind), 0)
})

t.test('attacks 17: a reset ends what no-response holds, with a 503', async (t) => {
  const server = await listening(t)
  server.faults.arm(silence)
  const socket = await dial(t, server)
  const answer = received(socket)
  socket.write(requestText(undefined, { connection: 'keep-alive' }))
  await server.requests.wait({ status: null })
  server.reset()
  const [head = '', body = ''] = (await answer).split('\r\n\r\n')
  t.match(head, /^HTTP\/1\.1 503 Service Unavailable\r\n.*^connection: close/ims)
  t.match(JSON.parse(body), { status: 503, detail, instance: webhooksOf(entity) })
  t.equal(server.requests.count(), 0)
})

t.test('attacks 17: all places are free again behind a reset', async (t) => {
  const { app, create } = sandbox(t)
  const fault = app.control.faults.arm(delay)
  const held = Array.from({ length: 1_000 }, () => sent(create()))
  await until(() => actedOf(app, fault) === 1_000)
  t.equal((await create()).statusCode, 503, 'there is no place')
  app.control.reset()
  app.control.faults.arm({ effect: { delayMs: 1 } })
  t.equal((await create()).statusCode, 201)
  t.strictSame(
    new Set((await Promise.all(held)).map(({ statusCode }) => statusCode)),
    new Set([503]),
  )
})
