import { once } from 'node:events'
import type { Socket } from 'node:net'
import t from 'tap'
import type { FaultEffect, JournaledRequest } from '../../../src/index.ts'
import { entity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { recorder } from '../../fixtures/recorder.ts'
import { fastifyOf, sandbox } from '../../fixtures/sandbox.ts'
import { dial, exchange, listening, received, requestText } from '../../fixtures/wire.ts'

const path = webhooksOf(entity)
const create = `POST ${path} HTTP/1.1`
const body = JSON.stringify(validBody)
const idOf = (head: string): string => /^x-wink-mock-request-id: (\S+)\r?$/im.exec(head)?.[1] ?? ''
/** A request whose body comes in chunks, the second of which is none. */
const brokenChunks = (line = create, headers: Record<string, string> = {}): string =>
  requestText(line, headers, '').replace('content-length: 0', 'transfer-encoding: chunked') +
  '5\r\n{"a":\r\nzz\r\n'

type Shape = { [Name in keyof JournaledRequest]?: unknown }
const unknown: Shape = { method: null, path: null, operation: null, headers: {}, body: null }
const refusedBy = (rule: string) => ({ refusedBy: { rule } })
const http = refusedBy('http-message')

const cases: { name: string; bytes: string; entry: Shape }[] = [
  {
    name: 'garbage',
    bytes: 'NONSENSE\r\n\r\n',
    entry: { ...unknown, status: 400, diagnosis: http },
  },
  {
    name: 'CONNECT',
    bytes: 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n',
    entry: { ...unknown, status: 400, diagnosis: http },
  },
  {
    name: 'header fields over 16 KiB',
    bytes: requestText(create, { 'x-long': 'x'.repeat(17_000) }),
    entry: { ...unknown, status: 431, diagnosis: refusedBy('request-size') },
  },
  {
    name: 'a body that breaks: what arrived before',
    bytes: brokenChunks(),
    entry: {
      method: 'POST',
      path,
      operation: 'create-webhook',
      managingEntityIdentifier: entity,
      headers: { host: 'sandbox', 'transfer-encoding': 'chunked' },
      body: '{"a":',
      bodyBytes: 5,
      status: 400,
      diagnosis: http,
    },
  },
  {
    name: 'a body that breaks behind its refusal',
    bytes: brokenChunks(create, { authorization: 'none' }),
    entry: { body: '{"a":', status: 401, diagnosis: refusedBy('access-token') },
  },
  {
    name: 'a body that breaks, behind percent-encoded letters',
    bytes: brokenChunks(create.replace('/api', '/%61p%69')),
    entry: { path: path.replace('/api', '/%61p%69'), body: '{"a":', status: 400 },
  },
  {
    name: 'HTTP/1.1 without Host',
    bytes: requestText().replace(/host: .*\r\n/, ''),
    entry: { method: 'POST', path, body, status: 400, diagnosis: http },
  },
  {
    name: 'a target that cannot be decoded',
    bytes: requestText('POST /api/%zz HTTP/1.1'),
    entry: {
      method: 'POST',
      path: '/api/%zz',
      operation: null,
      managingEntityIdentifier: null,
      body,
      status: 400,
      createdWebhookId: null,
      diagnosis: refusedBy('request-target'),
    },
  },
  {
    name: 'a managing entity that cannot be decoded',
    bytes: requestText('GET /api/managing-entity/%zz/webhook HTTP/1.1', {}, ''),
    entry: { managingEntityIdentifier: '%zz', body: null, status: 400 },
  },
  {
    name: 'two Authorization headers',
    bytes: requestText(create, { Authorization: 'Bearer other' }),
    entry: {
      headers: { authorization: ['Bearer [masked]', 'Bearer [masked]'] },
      status: 401,
      diagnosis: refusedBy('access-token'),
    },
  },
  {
    name: 'HEAD',
    bytes: requestText(`HEAD ${path} HTTP/1.1`, {}, ''),
    entry: { method: 'HEAD', body: null, status: 405, diagnosis: refusedBy('method') },
  },
  {
    name: 'HTTP/1.0 in absolute form',
    bytes: requestText(`POST http://user:secret@sandbox${path} HTTP/1.0`),
    entry: { path, body, status: 201 },
  },
]

for (const { name, bytes, entry } of cases) {
  t.test(`one entry, which the answer names, for ${name}`, async (t) => {
    const server = await listening(t)
    const { head } = await exchange(t, server, bytes)
    await server.close()
    const [request, ...others] = server.requests.find()
    t.match(request, { id: idOf(head), durationMs: Number, ...entry })
    t.equal(others.length, 0, 'and no other')
  })
}

t.test('what breaks outside the imitated paths is not in the journal', async (t) => {
  const server = await listening(t)
  for (const line of ['POST / HTTP/1.1', 'POST /__admin/reset HTTP/1.1']) {
    const { head, status } = await exchange(t, server, brokenChunks(line))
    t.match(status, /4\d\d/)
    t.equal(idOf(head), '')
  }
  t.equal(server.requests.count(), 0)
})

t.test('a request that does not arrive in time is in the journal, with what came', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 50 })
  const { head } = await exchange(t, server, requestText().slice(0, -5))
  const diagnosis = refusedBy('request-time')
  t.match(server.requests.get(idOf(head)), { body: body.slice(0, -5), status: 408, diagnosis })
  await exchange(t, server, `${create}\r\nHost: x\r\n`)
  t.match(server.requests.find()[1], { ...unknown, status: 408, diagnosis })
})

/** Sends the head and a part of the body, and goes away once the sandbox has it. */
async function goAway(server: Awaited<ReturnType<typeof listening>>, socket: Socket) {
  const read = once(fastifyOf(server.app).server, 'request')
  socket.write(requestText().slice(0, -5))
  await read
  socket.resetAndDestroy()
}

t.test('a client that resets its connection amid its body got no answer', async (t) => {
  const server = await listening(t)
  const seen = server.requests.wait()
  await goAway(server, await dial(t, server))
  const entry = { body: body.slice(0, -5), status: null, diagnosis: refusedBy('body-json') }
  t.match(await seen, [entry])
  await server.close()
  t.equal(server.requests.count(), 1)
})

t.test('a client that gives up a delay left its body', async (t) => {
  const { logger } = recorder()
  const server = await listening(t, { logger })
  server.faults.arm({ effect: { delayMs: 60_000 } })
  const seen = server.requests.wait()
  await goAway(server, await dial(t, server))
  t.match(await seen, [{ body: body.slice(0, -5), status: null, faults: [{ source: 'rule' }] }])
})

t.test('a client that gives up a delay need not have sent anything of its body', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: { delayMs: 60_000 } })
  const seen = server.requests.wait()
  const socket = await dial(t, server)
  const read = once(fastifyOf(server.app).server, 'request')
  socket.write(requestText().slice(0, -body.length))
  await read
  socket.resetAndDestroy()
  t.match(await seen, [{ body: '', bodyBytes: 0, status: null }])
})

t.test('a body that breaks amid a delay has one entry', async (t) => {
  const server = await listening(t)
  for (const delayMs of [1, 60_000]) {
    server.faults.arm({ effect: { delayMs } })
    const { head } = await exchange(t, server, brokenChunks())
    t.match(server.requests.get(idOf(head)), {
      operation: 'create-webhook',
      body: '{"a":',
      status: 400,
      diagnosis: http,
    })
  }
  await server.close()
  t.equal(server.requests.count(), 2)
})

const connectionFaults: { effect: FaultEffect; status: number | null }[] = [
  { effect: { connection: 'connection-reset' }, status: null },
  { effect: { connection: 'empty-response' }, status: null },
  { effect: { connection: 'truncated-body' }, status: 500 },
  { effect: { connection: 'truncated-body', status: 503 }, status: 503 },
]

for (const { effect, status } of connectionFaults) {
  t.test(`a connection that a fault broke: ${JSON.stringify(effect)}`, async (t) => {
    const server = await listening(t)
    server.faults.arm({ effect })
    const socket = await dial(t, server)
    socket.on('error', () => undefined)
    socket.write(requestText())
    const head = await received(socket).catch(() => '')
    const [request] = server.requests.find()
    t.match(request, { status, body, faults: [{ effect }], diagnosis: { refusedBy: null } })
    t.equal(idOf(head), status === null ? '' : request?.id)
  })
}

t.test('the 503 while the sandbox closes is in the journal', async (t) => {
  const server = await listening(t)
  const [busy, idle] = [await dial(t, server), await dial(t, server)]
  const read = once(fastifyOf(server.app).server, 'request')
  busy.write(requestText().slice(0, -5))
  idle.write('POST')
  await read
  const closed = server.close()
  idle.write(requestText().slice('POST'.length))
  const head = await received(idle)
  busy.destroy()
  await closed
  t.match(head, /^HTTP\/1\.1 503 /)
  t.match(server.requests.get(idOf(head)), {
    body,
    status: 503,
    diagnosis: refusedBy('running'),
  })
})

t.test('an injected request that a fault breaks is in the journal', async (t) => {
  const { app, create: inject } = sandbox(t)
  app.control.faults.arm({ effect: { connection: 'connection-reset' } })
  await t.rejects(inject())
  t.match(app.control.requests.find(), [{ status: null, path }])
})
