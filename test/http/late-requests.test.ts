import t from 'tap'
import { dial, listening, received, requestText } from '../fixtures/wire.ts'

t.test('a byte at a time is 408 within a second of the limit (docs/robustness.md)', async (t) => {
  const requestTimeoutMs = 1_000
  const server = await listening(t, { requestTimeoutMs })
  const whole = requestText()
  const dripping = async (from: number): Promise<{ status: number; tookMs: number }> => {
    const socket = await dial(t, server)
    const startedMs = performance.now()
    socket.write(whole.slice(0, from))
    let next = from
    const drip = setInterval(() => {
      socket.write(whole.slice(next, (next += 1)))
    }, 50)
    const answer = await received(socket)
    clearInterval(drip)
    return { status: Number(answer.slice(9, 12)), tookMs: performance.now() - startedMs }
  }
  const kinds = { head: 10, body: whole.indexOf('\r\n\r\n') + 10 }
  await Promise.all(
    Object.entries(kinds).map(async ([kind, from]) => {
      const { status, tookMs } = await dripping(from)
      t.equal(status, 408, kind)
      const busyMs = 1_500 // A busy machine may take so much longer.
      t.ok(tookMs > requestTimeoutMs - 100, `${kind}: not before the limit: ${tookMs} ms`)
      t.ok(tookMs < requestTimeoutMs + 1_000 + busyMs, `${kind}: ended after ${tookMs} ms`)
    }),
  )
})
