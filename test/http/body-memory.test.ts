import { once } from 'node:events'
import type { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { onlyRequest, until, veryLong } from '../fixtures/faults.ts'
import { collectGarbage } from '../fixtures/memory.ts'
import {
  type Overrides,
  createRequest,
  entity,
  validBody,
  webhooksOf,
} from '../fixtures/requests.ts'
import { fastifyOf, sandbox } from '../fixtures/sandbox.ts'
import { dial, listening, requestText } from '../fixtures/wire.ts'
import type { SandboxApp } from '../../src/index.ts'

const largeBuffer = 64 * 1024

/** Sends each byte of a text as a small part of a large buffer. */
async function trickle(payload: PassThrough, text: string): Promise<WeakRef<ArrayBufferLike>[]> {
  const buffers: WeakRef<ArrayBufferLike>[] = []
  for (const character of text) {
    buffers.push(writeByte(payload, character))
    await setImmediate()
  }
  return buffers
}

function writeByte(payload: PassThrough, character: string): WeakRef<ArrayBufferLike> {
  const { buffer } = Buffer.alloc(largeBuffer, character)
  payload.write(Buffer.from(buffer, 0, 1))
  return new WeakRef(buffer)
}

/** How many of the buffers are held. */
async function countHeld(buffers: WeakRef<ArrayBufferLike>[]): Promise<number> {
  await setImmediate()
  collectGarbage()
  return buffers.filter((buffer) => buffer.deref() !== undefined).length
}

/** Body and length of the only request in the journal. */
function keptOf(app: Pick<SandboxApp, 'control'>): unknown[] {
  const { body, bodyBytes } = onlyRequest(app)
  return [body, bodyBytes]
}

/** A request whose body is still to be written. */
function chunked(payload: PassThrough, { headers, ...overrides }: Overrides): InjectOptions {
  const others = { headers: { 'transfer-encoding': 'chunked', ...headers } }
  return createRequest({ ...overrides, ...others, payload })
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const bodies: {
  place: string
  text: string
  status: number
  request?: Overrides
  delayMs?: number
}[] = [
  { place: 'of a create', text: JSON.stringify(validBody), status: 201 },
  { place: 'behind a delay', text: JSON.stringify(validBody), status: 201, delayMs: 500 },
  {
    place: 'below /oauth2',
    text: 'grant_type=client_credentials&client_id=x',
    status: 401,
    request: { url: '/oauth2/token', headers: form },
  },
  {
    place: 'below /__admin',
    text: '{ "managingEntities": [] }',
    status: 204,
    request: { method: 'PUT', url: '/__admin/state' },
  },
]

for (const { place, text, status, request = {}, delayMs } of bodies) {
  t.test(`attacks F1: a body costs its bytes, whatever its chunks are: ${place}`, async (t) => {
    const { app } = sandbox(t)
    if (delayMs !== undefined) app.control.faults.arm({ effect: { delayMs } })
    const payload = new PassThrough()
    const answer = app.inject(chunked(payload, request)).then((response) => response)
    t.equal(
      await countHeld(await trickle(payload, text)),
      0,
      'no chunk is held, while the body still arrives',
    )
    payload.end()
    t.equal((await answer).statusCode, status, 'the body is what was sent')
  })
}

const refused = { headers: { authorization: 'none' } }

t.test(
  'attacks F2: of a body that nobody reads no chunk is held, though it breaks off',
  async (t) => {
    const { app } = sandbox(t)
    const payload = new PassThrough()
    const answer = app.inject(chunked(payload, refused))
    t.equal((await answer).statusCode, 401)
    const text = JSON.stringify(validBody)
    t.equal(await countHeld(await trickle(payload, text)), 0)
    payload.on('error', () => undefined).destroy(new Error('it breaks off'))
    t.strictSame(keptOf(app), [text, text.length])
  },
)

t.test(
  'attacks F2: a body of one small part of a large buffer does not hold the rest',
  async (t) => {
    const { app } = sandbox(t)
    const payload = new PassThrough()
    await app.inject(chunked(payload, refused))
    t.equal(await countHeld(await trickle(payload, 'x')), 0)
    t.strictSame(keptOf(app), ['x', 1])
  },
)

const kept = 16 * 1024
const starts = {
  'no token': { authorization: 'none' },
  'another media type': { 'content-type': 'text/plain' },
}
for (const [name, headers] of Object.entries(starts)) {
  t.test(`attacks F2: 16 KiB are kept of a body whose connection dies: ${name}`, async (t) => {
    const server = await listening(t)
    const socket = await dial(t, server)
    const length = { 'content-length': '1000000', connection: 'keep-alive' }
    socket.write(requestText(undefined, { ...headers, ...length }, 'x'.repeat(10_000)))
    await once(socket, 'data')
    socket.write('y'.repeat(60_000))
    await until(() => server.requests.find()[0]?.bodyBytes === 70_000)
    socket.destroy()
    const body = 'x'.repeat(10_000) + 'y'.repeat(kept - 10_000)
    t.strictSame(keptOf(server.app), [body, 70_000])
  })
}

t.test('attacks F2: 16 KiB are kept of a body that comes too slowly (408)', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 1_000 })
  const socket = await dial(t, server)
  socket.write(requestText(undefined, { 'content-length': '1000000' }, 'x'.repeat(70_000)))
  await server.requests.wait({ status: 408 })
  t.strictSame(keptOf(server.app), ['x'.repeat(kept), 70_000])
})

t.test('attacks F2: 16 KiB are kept of a body that comes while its request is held', async (t) => {
  const server = await listening(t)
  server.faults.arm({ effect: { delayMs: veryLong } })
  const connected = once(fastifyOf(server.app).server, 'connection') as Promise<[Socket]>
  const socket = await dial(t, server)
  const [accepted] = await connected
  const text = requestText(undefined, {}, 'x'.repeat(70_000))
  socket.write(text)
  await until(() => accepted.bytesRead === text.length)
  socket.destroy()
  await server.requests.wait({ status: null })
  t.strictSame(keptOf(server.app), ['x'.repeat(kept), 70_000])
})

t.test('a body that breaks off is whole as far as it came (docs/control-api.md)', async (t) => {
  const server = await listening(t)
  const connected = once(fastifyOf(server.app).server, 'connection') as Promise<[Socket]>
  const socket = await dial(t, server)
  const [accepted] = await connected
  socket.write(requestText(`POST ${webhooksOf(entity)} HTTP/1.1`, { 'content-length': '9' }, 'abc'))
  await until(() => accepted.bytesRead > 0)
  socket.destroy()
  await server.requests.wait()
  t.strictSame(keptOf(server.app), ['abc', 3])
})
