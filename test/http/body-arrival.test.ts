import t from 'tap'
import { validBody } from '../fixtures/requests.ts'
import { issuedToken } from '../fixtures/tokens.ts'
import { dial, listening, received, requestText } from '../fixtures/wire.ts'
import { fastifyOf } from '../fixtures/sandbox.ts'

const statusesOf = (answers: string): number[] =>
  [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))

t.test('a body may come in any pieces (RFC 9112 §6)', async (t) => {
  const server = await listening(t)
  const whole = requestText()
  const body = JSON.stringify(validBody)
  const head = whole.slice(0, -body.length)
  const chunkedHead = head.replace(/content-length: \d+/, 'transfer-encoding: chunked')
  const cases: { name: string; pieces: string[] }[] = [
    { name: 'with its head', pieces: [whole] },
    { name: 'behind its head', pieces: [head, body] },
    { name: 'part of it with its head', pieces: [whole.slice(0, -7), whole.slice(-7)] },
    { name: 'byte by byte', pieces: [head, ...Array.from(body)] },
    {
      name: 'in chunks',
      pieces: [
        chunkedHead,
        ...Array.from(body).map((character) => `1\r\n${character}\r\n`),
        '0\r\n\r\n',
      ],
    },
  ]
  for (const { name, pieces } of cases) {
    await t.test(name, async (t) => {
      const socket = await dial(t, server)
      socket.setNoDelay(true)
      for (const piece of pieces) await new Promise((sent) => socket.write(piece, sent))
      t.strictSame(statusesOf(await received(socket)), [201])
    })
  }
})

t.test('a body may be there before it is known who sends it', async (t) => {
  const elsewhere = await listening(t, { seed: 1 })
  const headers = { authorization: `Bearer ${await issuedToken(fastifyOf(elsewhere.app))}` }
  const whole = requestText(undefined, headers)
  for (const length of [whole.length, whole.length - 7]) {
    await t.test(`${whole.length - length} bytes short`, async (t) => {
      const server = await listening(t, { seed: 1 })
      const socket = await dial(t, server)
      const answer = received(socket)
      socket.write(whole.slice(0, length))
      t.equal((await fetch(`${server.url}/oauth2/jwks`)).status, 200)
      // Its connection may be closed by now, if nothing is missing.
      if (length < whole.length) socket.write(whole.slice(length))
      t.strictSame(statusesOf(await answer), [201])
    })
  }
})

t.test('a connection is kept behind a body', async (t) => {
  const server = await listening(t)
  const socket = await dial(t, server)
  const answers = received(socket)
  const kept = requestText(undefined, { connection: 'keep-alive' })
  socket.write(kept + kept)
  await server.requests.wait({ count: 2 })
  socket.write(requestText())
  t.strictSame(statusesOf(await answers), [201, 201, 201])
  t.equal(server.webhooks.list().length, 3)
})
