import { once } from 'node:events'
import type { Socket } from 'node:net'
import t from 'tap'
import { dial, exchange, listening, requestText } from '../fixtures/wire.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'

t.test('a connection too many is closed at once; there is room again later', async (t) => {
  const server = await listening(t, { maxConnections: 1 })
  const accepted = once(fastifyOf(server.app).server, 'connection') as Promise<[Socket]>
  const first = await dial(t, server)
  const [socket] = await accepted
  const second = await dial(t, server)
  second.resume()
  await once(second, 'close')

  const closed = once(socket, 'close')
  first.destroy()
  await closed
  t.equal((await exchange(t, server, requestText())).status, 201)
})
