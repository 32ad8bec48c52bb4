import t from 'tap'
import { entity, otherEntity, seeded, webhookRequest, webhooksOf } from '../fixtures/requests.ts'
import { fastifyOf, sandbox } from '../fixtures/sandbox.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

// More than is written at once, so that it goes out piece by piece.
const webhooks = Array.from({ length: 600 }, (_, index) => ({
  ...seeded,
  id: seeded.id.replace(/.{4}$/, String(1000 + index)),
  name: `Ünïcode ${'x'.repeat(index % 100)} ${index}`,
}))
const data = { webhooks, clients: [] }

t.test('a large list is the same as a small one, but for its length', async (t) => {
  const { app } = sandbox(t, { data })
  const list = await app.inject(webhookRequest('GET', 'list'))
  t.equal(list.statusCode, 200)
  t.equal(list.headers['content-type'], 'application/json')
  t.equal(list.body, JSON.stringify(webhooks), 'the text is what it would be at once')
  const head = await app.inject(webhookRequest('HEAD', 'list'))
  t.equal(head.statusCode, 200)
  t.equal(head.body, '')
})

t.test('so is one of few webhooks that are large', async (t) => {
  const few = [1, 2, 3].map((digit) => ({
    ...seeded,
    id: seeded.id.replace(/.$/, String(digit)),
    name: 'x'.repeat(100_000),
  }))
  const server = await listening(t, { data: { webhooks: few } })
  const request = requestText(`GET ${webhooksOf(entity)}/list HTTP/1.1`, {}, '')
  const { head, body } = await exchange(t, server, request)
  t.match(head, /^transfer-encoding: chunked$/im)
  const [length] = body.split('\r\n', 1)
  t.ok(parseInt(String(length), 16) < 200_000, 'piece by piece')
  const list = await server.app.inject(webhookRequest('GET', 'list'))
  t.equal(list.body, JSON.stringify(few))
})

t.test('so are those of the control API', async (t) => {
  const { app } = sandbox(t, { data })
  for (let sent = 0; sent < 300; sent += 1) await app.inject(webhookRequest('GET', 'x'))
  const { control } = app
  const cases = {
    '/__admin/webhooks': { webhooks: control.webhooks.list() },
    '/__admin/requests': { requests: control.requests.find() },
    '/__admin/state': control.state.export(),
  }
  for (const [url, expected] of Object.entries(cases)) {
    t.equal((await app.inject(url)).body, JSON.stringify(expected), url)
  }
  const find = { method: 'POST', url: '/__admin/requests/find' } as const
  t.strictSame((await app.inject(find)).json(), { requests: control.requests.find() })
})

t.test('a large list is what there was when it was asked for', async (t) => {
  const server = await listening(t, { data })
  const answer = exchange(t, server, requestText(`GET ${webhooksOf(entity)}/list HTTP/1.0`, {}, ''))
  fastifyOf(server.app).server.once('request', () => {
    setImmediate(() => {
      server.reset({ only: ['requests'] })
      server.state.import({})
    })
  })
  t.strictSame(JSON.parse((await answer).body), webhooks)
  t.equal(server.webhooks.list().length, 0)
})

t.test('a fault after the commit has all of a large list (docs/control-api.md)', async (t) => {
  const server = await listening(t, { data })
  server.faults.arm({
    match: { operation: 'show-webhooks' },
    when: 'after-commit',
    effect: { connection: 'truncated-body' },
  })
  const request = requestText(`GET ${webhooksOf(entity)}/list HTTP/1.1`, {}, '')
  const { status, head, body } = await exchange(t, server, request)
  const whole = JSON.stringify(webhooks)
  t.equal(status, 200)
  t.match(head, `content-length: ${Buffer.byteLength(whole)}`)
  t.ok(whole.startsWith(body) && body.length > 0)
})

t.test('what the library gives is its own: to change it changes nothing', (t) => {
  const { control } = sandbox(t, { data: { webhooks: [seeded] } }).app
  control.webhooks.list()[0]?.eventList.push('changed')
  control.state.export().webhooks?.[0]?.eventList.push('changed')
  t.strictSame(control.webhooks.list(), [seeded])
  t.end()
})

t.test('equal texts of webhooks are kept once, and stay apart', async (t) => {
  const others = { ...seeded, ownerIdentifier: otherEntity, eventList: [...seeded.eventList, 'x'] }
  const many = Array.from({ length: 1_100 }, (_, index) => ({
    ...others,
    id: others.id.replace(/.{4}$/, String(3000 + index)),
    name: `Another ${index}`,
  }))
  const { app } = sandbox(t, { data: { webhooks: [seeded, ...many] } })
  t.strictSame(app.control.webhooks.list(), [seeded, ...many])
  const patched = await app.inject(webhookRequest('PATCH', seeded.id))
  t.equal(patched.statusCode, 200)
  t.strictSame(app.control.webhooks.list().slice(1), many)
})
