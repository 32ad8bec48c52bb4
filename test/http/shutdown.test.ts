import { once } from 'node:events'
import { connect } from 'node:net'
import t from 'tap'
import { buildApp, startSandbox } from '../../src/index.ts'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { dial, listening, received, requestText } from '../fixtures/wire.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'

const keptOpen = (): string =>
  requestText(`POST ${webhooksOf(entity)} HTTP/1.1`, { connection: 'keep-alive' })

t.test(
  'a request in flight gets its answer, and its connection is closed (CONTRACT §4)',
  async (t) => {
    const server = await listening(t)
    const socket = await dial(t, server)
    const answer = received(socket)
    const arrives = once(fastifyOf(server.app).server, 'request')
    socket.write(keptOpen().slice(0, -1))
    await arrives
    const closed = server.close()
    socket.write(keptOpen().slice(-1))
    t.match(await answer, /^HTTP\/1\.1 201 Created\r\n(.+\r\n)*connection: close\r\n/i)
    await closed
  },
)

t.test('a request that comes while the server closes is 503 (CONTRACT §4)', async (t) => {
  const app = fastifyOf(buildApp())
  t.teardown(() => app.close())
  let response: Response | undefined
  app.register((later, _options, done) => {
    later.addHook('preClose', async () => {
      response = await fetch(`${url}/__admin/health`)
    })
    done()
  })
  const url = await app.listen()
  await app.close()
  t.equal(response?.status, 503)
  t.equal(response?.headers.get('retry-after'), '1')
  t.equal(response?.headers.get('connection'), 'close')
  t.match(await response?.json(), { status: 503, detail: /shutting down/ })
})

t.test('no new connections', async (t) => {
  const server = await listening(t)
  const port = Number(new URL(server.url).port)
  await server.close()
  const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
  t.equal(error.code, 'ECONNREFUSED')
})

t.test('idle connections do not keep it waiting', async (t) => {
  const server = await listening(t)
  const [used, unused] = [await dial(t, server), await dial(t, server)]
  used.write(keptOpen())
  await once(used, 'data')
  const ends = Promise.all([received(used), received(unused)])
  await server.close()
  await ends
})

t.test('nor does a connection whose answer went ahead of its body', async (t) => {
  const server = await listening(t, { shutdownTimeoutMs: 60_000 })
  const socket = await dial(t, server)
  const refused = keptOpen().replace('Bearer', 'none')
  socket.write(refused.slice(0, -1))
  await once(socket, 'data')
  const closed = server.close()
  socket.write(refused.slice(-1))
  await closed
})

t.test('nor does one whose answer went ahead of a body that never comes', async (t) => {
  const server = await listening(t, { shutdownTimeoutMs: 60_000 })
  const socket = await dial(t, server)
  socket.write(keptOpen().replace('Bearer', 'none').slice(0, -1))
  await once(socket, 'data')
  await server.close()
})

t.test('the limit ends what hangs', async (t) => {
  const server = await listening(t, { shutdownTimeoutMs: 20 })
  const socket = await dial(t, server)
  socket.write(keptOpen().slice(0, -1))
  await once(fastifyOf(server.app).server, 'request')
  const end = received(socket)
  await server.close()
  t.equal(await end, '', 'no answer')
})

t.test('close may be called twice', async (t) => {
  const server = await startSandbox()
  await Promise.all([server.close(), server.close()])
  await server.close()
  t.pass()
})
