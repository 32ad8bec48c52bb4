import t from 'tap'
import { otherEntity, seeded, webhookRequest, webhooksOf } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const data = { webhooks: [seeded] }

t.test('200 with the documented fields in order; then it is 404 (CONTRACT §6)', async (t) => {
  const { app } = sandbox(t, { data })
  const response = await app.inject(webhookRequest('DELETE', seeded.id.toUpperCase()))
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json', 'no charset parameter')
  t.equal(
    response.body,
    `{"id":"${seeded.id}","success":true,"message":"The webhook was deleted."}`,
  )
  t.strictSame((await app.inject(webhookRequest('GET', 'list'))).json(), [])
  for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
    const gone = await app.inject(webhookRequest(method, seeded.id))
    t.equal(gone.statusCode, 404, method)
    problemOf(t, gone)
  }
})

t.test('the webhook of another entity is 404, and stays', async (t) => {
  const { app } = sandbox(t, { data })
  const url = `${webhooksOf(otherEntity)}/${seeded.id}`
  t.equal((await app.inject(webhookRequest('DELETE', '', { url }))).statusCode, 404)
  t.strictSame(app.control.webhooks.list(), [seeded])
})

t.test('a deletion makes room for another webhook (CONTRACT §1 step 9)', async (t) => {
  const { app, create } = sandbox(t, { data, maxWebhooks: 1 })
  t.equal((await create()).statusCode, 503)
  await app.inject(webhookRequest('DELETE', seeded.id))
  await app.inject(webhookRequest('DELETE', seeded.id))
  t.equal((await create()).statusCode, 201)
  t.equal((await create()).statusCode, 503)
})

t.test('a body is ignored', (t) => {
  const cases = [
    { name: 'a media type without a body', headers: { 'content-type': 'application/json' } },
    { name: 'broken JSON', headers: { 'content-type': 'application/json' }, payload: '{' },
    { name: 'another media type', headers: { 'content-type': 'text/plain' }, payload: 'x' },
    { name: 'no media type', headers: {}, payload: 'x' },
    { name: 'a broken media type', headers: { 'content-type': 'nonsense' }, payload: 'x' },
  ]
  for (const { name, ...request } of cases) {
    t.test(name, async (t) => {
      const { app } = sandbox(t, { data })
      const response = await app.inject(webhookRequest('DELETE', seeded.id, request))
      t.equal(response.statusCode, 200)
    })
  }
  t.end()
})

t.test('If-Match is honoured as for an update (RFC 9110 §13.1.1)', async (t) => {
  const { app } = sandbox(t, { data })
  const [webhook] = app.control.webhooks.list()
  for (const [ifMatch, status] of [
    [`${Number(webhook?.version) + 1}`, 409],
    ['x', 400],
    [`"${webhook?.version}"`, 200],
  ] as const) {
    const headers = { 'if-match': ifMatch }
    const response = await app.inject(webhookRequest('DELETE', seeded.id, { headers }))
    t.equal(response.statusCode, status, ifMatch)
    t.equal(app.control.webhooks.list().length, status === 200 ? 0 : 1)
  }
})

t.test('an after-commit fault loses the answer, and the webhook is deleted', async (t) => {
  const { app } = sandbox(t, { data })
  const match = { operation: 'delete-webhook' as const }
  app.control.faults.arm({ match, when: 'after-commit', effect: { status: 503 } })
  t.equal((await app.inject(webhookRequest('DELETE', seeded.id))).statusCode, 503)
  t.strictSame(app.control.webhooks.list(), [])
  t.equal((await app.inject(webhookRequest('DELETE', seeded.id))).statusCode, 404)
})

t.test('a scripted 403 names the scope of the operation (CONTRACT §4)', async (t) => {
  const headers = { prefer: 'code=403' }
  const { app } = sandbox(t, { data })
  const response = await app.inject(webhookRequest('DELETE', seeded.id, { headers }))
  t.match(response.headers['www-authenticate'], /scope="account\.remove"/)
  t.strictSame(app.control.webhooks.list(), [seeded])
})

t.test('a reset restores the webhooks of the start', async (t) => {
  const { app } = sandbox(t, { data })
  await app.inject(webhookRequest('DELETE', seeded.id))
  app.control.reset()
  t.strictSame(app.control.webhooks.list(), [seeded])
})
