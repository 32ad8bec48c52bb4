import t from 'tap'
import type { Webhook } from '../../../src/index.ts'
import { refusalOf } from '../../fixtures/faults.ts'
import { webhookRequest } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { issuedToken } from '../../fixtures/tokens.ts'

const hourMs = 3_600_000

t.test('a clock that is set back: what follows it, and what does not', async (t) => {
  const { app, create } = sandbox(t)
  const token = await issuedToken(app)
  const withToken = { headers: { authorization: `Bearer ${token}` } }
  const first = (await create()).json<Webhook>()
  app.control.clock.set({ mode: 'offset', offsetMs: -hourMs })
  const second = (await create()).json<Webhook>()
  t.ok(second.createdDate < first.createdDate, 'new timestamps are those of the clock')

  const updated = (await app.inject(webhookRequest('PATCH', first.id))).json<Webhook>()
  t.ok(updated.lastUpdate < updated.createdDate, 'lastUpdate may be before createdDate')
  t.equal(updated.version, 2, 'the version counts on')
  t.strictSame(
    app.control.webhooks.list().map(({ id }) => id),
    [first.id, second.id],
    'a list keeps its order',
  )
  t.strictSame(
    app.control.requests.find().map(({ operation }) => operation),
    ['create-token', 'create-webhook', 'create-webhook', 'update-webhook'],
    'and so does the journal',
  )
  t.ok(app.control.requests.find().every(({ durationMs }) => durationMs >= 0))

  t.equal((await create(withToken)).statusCode, 401, 'a token is 401 until its nbf')
  app.control.clock.set({ mode: 'offset', offsetMs: 0 })
  t.equal((await create(withToken)).statusCode, 201, 'and valid again then')
})

t.test('a timeout does not follow the clock', async (t) => {
  const { app } = sandbox(t)
  app.control.clock.set({ mode: 'offset', offsetMs: -hourMs })
  t.equal(await refusalOf(app.control.requests.wait({ timeoutMs: 1 })), 408)
})
