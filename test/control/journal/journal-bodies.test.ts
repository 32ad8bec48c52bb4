import { once } from 'node:events'
import t from 'tap'
import {
  entity,
  otherEntity,
  validBody,
  validHeaders,
  webhooksOf,
} from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { dial, exchange, listening, received, requestText } from '../../fixtures/wire.ts'

const create = `POST ${webhooksOf(entity)} HTTP/1.1`
const body = JSON.stringify(validBody)

/** Refusals of requests before their bodies are read. */
const refusals: {
  name: string
  status: number
  line?: string
  headers?: Record<string, string>
}[] = [
  { name: 'no fault', status: 201 },
  { name: 'a fault that it asks for', status: 500, headers: { prefer: 'code=500' } },
  { name: 'no token', status: 401, headers: { authorization: 'none' } },
  { name: 'an unknown path', status: 404, line: 'POST /api/nothing HTTP/1.1' },
  { name: 'the token endpoint', status: 404, line: 'POST /oauth2 HTTP/1.1' },
  { name: 'another verb', status: 405, line: create.replace('POST', 'PUT') },
  { name: 'another media type', status: 415, headers: { 'content-type': 'text/plain' } },
  { name: 'another version', status: 400, headers: { 'wink-version': '9' } },
  { name: 'a path that cannot be decoded', status: 400, line: 'POST /api/%zz HTTP/1.1' },
  { name: 'an entity that always fails', status: 503, line: create.replace(entity, special(503)) },
]

function special(status: number): string {
  return `00000000-0000-4000-8000-000000000${status}`
}

for (const { name, status, line = create, headers = {} } of refusals) {
  const shown = line.includes('oauth2') ? '[masked]' : body
  t.test(`the body is in the journal, whoever answers: ${name}, ${status}`, async (t) => {
    const server = await listening(t)
    t.equal((await exchange(t, server, requestText(line, headers))).status, status)
    t.match(server.requests.find(), [{ body: shown, bodyBytes: body.length, status }])
  })

  if (status === 201) continue
  t.test(`a body that comes behind its refusal is in the journal: ${name}`, async (t) => {
    const server = await listening(t)
    const socket = await dial(t, server)
    const text = requestText(line, { ...headers, connection: 'keep-alive' })
    socket.write(text.slice(0, -body.length))
    await once(socket, 'data')
    t.match(server.requests.find(), [{ bodyBytes: 0, status }])
    // Behind the body comes a request whose answer tells that the body has been read.
    socket.write(body + requestText('GET /api HTTP/1.1', {}, ''))
    await received(socket)
    t.match(server.requests.find()[0], { body: shown, bodyBytes: body.length, status })
  })
}

t.test('the first 16 KiB of a body are kept, and its whole length', async (t) => {
  const sizes = [0, 1, 16_383, 16_384, 16_385, 100_000]
  const { app, create } = sandbox(t)
  for (const size of sizes) {
    const payload = 'x'.repeat(size)
    await create({ payload })
    const [request] = app.control.requests.find()
    t.equal(request?.bodyBytes, size)
    t.equal(request?.body, size === 0 ? null : payload.slice(0, 16_384))
    app.control.requests.clear()
  }
})

t.test('of a body over the limit the length is known when it has come (413)', async (t) => {
  const server = await listening(t)
  const size = 1024 * 1024 + 100
  const socket = await dial(t, server)
  const text = requestText(create, { connection: 'keep-alive' }, 'x'.repeat(size))
  socket.write(text + requestText('GET /api HTTP/1.1', {}, ''))
  await received(socket)
  const [request] = server.requests.find({ status: 413 })
  t.match(request, { body: 'x'.repeat(16_384), bodyBytes: size })
})

t.test('of a body in chunks, too, which passes the limit before its end (413)', async (t) => {
  const server = await listening(t)
  const size = 800_000
  const chunk = `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`
  const head = requestText(create, { connection: 'keep-alive' }, '').replace(
    'content-length: 0',
    'transfer-encoding: chunked',
  )
  const socket = await dial(t, server)
  socket.write(`${head}${chunk.repeat(3)}0\r\n\r\n${requestText('GET /api HTTP/1.1', {}, '')}`)
  await received(socket)
  const [request] = server.requests.find({ status: 413 })
  t.match(request, { body: 'x'.repeat(16_384), bodyBytes: 3 * size })
})

t.test('a body in chunks of one byte is kept as one text', async (t) => {
  const server = await listening(t)
  const chunks = Array.from(body)
    .map((character) => `1\r\n${character}\r\n`)
    .join('')
  const head = requestText(create, {}, '').replace(
    'content-length: 0',
    'transfer-encoding: chunked',
  )
  t.equal((await exchange(t, server, `${head}${chunks}0\r\n\r\n`)).status, 201)
  t.match(server.requests.find(), [{ body, bodyBytes: body.length }])
})

t.test('half a character at the end of what is kept does no harm', async (t) => {
  const { app, create } = sandbox(t)
  await create({ payload: `x${'é'.repeat(10_000)}` })
  const [request] = app.control.requests.find()
  t.equal(request?.bodyBytes, 20_001)
  t.match(request?.body, /^xé+\ufffd$/)
})

t.test('what faults did is in the journal, with the body', async (t) => {
  const { app, create } = sandbox(t)
  const delay = app.control.faults.arm({ effect: { delayMs: 1 } })
  const loss = app.control.faults.arm({ effect: { status: 502 }, when: 'after-commit' })
  await create()
  const [webhook] = app.control.webhooks.list()
  t.match(app.control.requests.find(), [
    {
      status: 502,
      body,
      faults: [
        { source: 'rule', id: delay.id, effect: { delayMs: 1 }, when: 'before' },
        { source: 'rule', id: loss.id, effect: { status: 502 }, when: 'after-commit' },
      ],
      createdWebhookId: webhook?.id ?? '',
      diagnosis: { refusedBy: null },
    },
  ])
  await create({ headers: { prefer: 'code=409' }, url: webhooksOf(otherEntity) })
  t.match(app.control.requests.find({ status: 409 }), [
    {
      faults: [{ source: 'prefer', effect: { status: 409 }, when: 'before' }],
      createdWebhookId: null,
    },
  ])
  await create({ url: webhooksOf(special(401)) })
  t.match(app.control.requests.find({ status: 401 }), [{ faults: [{ source: 'managing-entity' }] }])
})

t.test('an injected request may lack header values', async (t) => {
  const { app } = sandbox(t)
  await app.inject({ url: '/api', headers: { ...validHeaders, 'user-agent': undefined } })
  t.match(app.control.requests.find(), [{ headers: { 'wink-version': '2.0' }, body: null }])
})
