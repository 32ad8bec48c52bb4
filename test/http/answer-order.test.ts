import t from 'tap'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { dial, listening, received, requestText } from '../fixtures/wire.ts'

const create = `POST ${webhooksOf(entity)} HTTP/1.1`

/** The same request with chunks for a body, the first of which is none. */
const chunks = (request: string): string =>
  request.replace(/content-length: \d+/, 'transfer-encoding: chunked').replace(/\{.*/, 'zz\r\n')

t.test('every answer comes once and in order (RFC 9112 §9.3.2)', async (t) => {
  const server = await listening(t, { requestTimeoutMs: 100 })
  const good = requestText(create, { connection: 'keep-alive' })
  const anonymous = requestText(create, { connection: 'keep-alive', authorization: 'none' })
  const cases: { name: string; bytes: string; statuses: number[] }[] = [
    {
      name: 'garbage behind a good request',
      bytes: `${good}GARBAGE\r\n\r\n`,
      statuses: [201, 400],
    },
    {
      name: 'broken chunks behind a good request',
      bytes: `${good}${chunks(good)}`,
      statuses: [201, 400],
    },
    {
      name: 'a request behind a good one that would be refused, but is broken before its turn',
      bytes: `${good}${chunks(anonymous)}`,
      statuses: [201, 400],
    },
    { name: 'behind two', bytes: `${good}${good}zzz`, statuses: [201, 201, 400] },
    {
      name: 'a header over 16 KiB behind a good request',
      bytes: good + requestText(create, { 'x-long': 'x'.repeat(17_000) }),
      statuses: [201, 431],
    },
    {
      name: 'CONNECT behind a good request',
      bytes: `${good}CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n`,
      statuses: [201, 400],
    },
    { name: 'a request behind the last one', bytes: requestText() + good, statuses: [201] },
    { name: 'a refused request whose body stops', bytes: anonymous.slice(0, -5), statuses: [401] },
    {
      name: 'a refused request whose chunks are broken',
      bytes: chunks(anonymous),
      statuses: [401],
    },
    {
      name: 'a body over the limit that stops',
      bytes: requestText(create, { 'content-length': '99999999' }),
      statuses: [413],
    },
  ]
  for (const { name, bytes, statuses } of cases) {
    await t.test(`${name}: ${statuses.join()}`, async (t) => {
      const socket = await dial(t, server)
      socket.write(bytes)
      const answers = (await received(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)
      t.strictSame(
        [...answers].map(([, status]) => Number(status)),
        statuses,
      )
    })
  }
})
