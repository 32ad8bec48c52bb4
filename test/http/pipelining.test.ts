import t from 'tap'
import { entity, seeded, webhooksOf } from '../fixtures/requests.ts'
import { until } from '../fixtures/faults.ts'
import { dial, exchange, listening, received, requestText } from '../fixtures/wire.ts'

const keptOpen = { connection: 'keep-alive' }
const create = requestText(`POST ${webhooksOf(entity)} HTTP/1.1`, keptOpen)
const list = requestText(`GET ${webhooksOf(entity)}/list HTTP/1.1`, {}, '')

t.test('a request sees what those before it on its connection did (RFC 9112 §9.3.2)', async (t) => {
  const server = await listening(t)
  server.faults.arm({ match: { method: 'POST' }, times: 2, effect: { delayMs: 20 } })
  const socket = await dial(t, server)
  socket.write(create + create + list)
  const answers = (await received(socket)).split(/HTTP\/1\.1 /).slice(1)
  t.strictSame(
    answers.map((answer) => Number(answer.slice(0, 3))),
    [201, 201, 200],
  )
  const listed = String(answers[2]).split('\r\n\r\n')[1]
  t.strictSame(JSON.parse(String(listed)), server.webhooks.list())
  t.equal(server.webhooks.list().length, 2)
})

t.test('what comes behind a broken answer is not carried out', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: { connection: 'empty-response' } })
  const socket = await dial(t, server)
  socket.write(create + create)
  t.equal(await received(socket), '')
  t.equal(server.requests.count(), 1)
  t.strictSame(server.webhooks.list(), [])
})

t.test('nor what comes behind the last request of a connection (RFC 9112 §9.6)', async (t) => {
  const server = await listening(t)
  const socket = await dial(t, server)
  socket.write(requestText() + create)
  t.equal((await received(socket)).match(/HTTP\/1\.1/g)?.length, 1)
  t.equal(server.requests.count(), 1)
  t.equal(server.webhooks.list().length, 1)
})

t.test('nor what turns out to be broken while it waits', async (t) => {
  const server = await listening(t, { data: { webhooks: [seeded] } })
  const line = `DELETE ${webhooksOf(entity)}/${seeded.id} HTTP/1.1`
  const chunked = requestText(line, {}, '').replace(
    /content-length: 0/,
    'transfer-encoding: chunked',
  )
  const socket = await dial(t, server)
  socket.write(`${create}${chunked}zz\r\n`)
  const statuses = (await received(socket)).match(/(?<=HTTP\/1\.1 )\d+/g)
  t.strictSame(statuses, ['201', '400'])
  t.equal(server.webhooks.list().length, 2)
})

t.test('a connection on which more than 1,000 requests wait is closed', async (t) => {
  for (const waiting of [1_000, 1_001]) {
    const server = await listening(t)
    const fault = server.faults.arm({ effect: { delayMs: 50 } })
    const socket = await dial(t, server)
    const small = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
    socket.write(`${list.replace('close', 'keep-alive')}${small.repeat(waiting - 1)}${list}`)
    const answers = (await received(socket)).match(/HTTP\/1\.1 /g)?.length ?? 0
    t.equal(answers, waiting === 1_000 ? 1_001 : 0)
    await until(() => server.faults.get(fault.id).acted === 1)
    const { status } = await exchange(t, server, list)
    t.equal(status, 200, 'others are served')
  }
})
