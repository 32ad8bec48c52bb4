import t, { type Test } from 'tap'
import type { Sandbox } from '../../src/index.ts'
import { exchange, listening, requestText } from '../fixtures/wire.ts'

const requestLine = 'GET /openapi.json HTTP/1.1'

t.test('a request has one Host that can be the host of a URL (RFC 9112 §3.2)', async (t) => {
  const server = await listening(t)
  const cases: { host: string; status: number }[] = [
    { host: 'wink.test', status: 200 },
    { host: 'WINK.test:4010', status: 200 },
    { host: '127.0.0.1:65535', status: 200 },
    { host: '[::1]:80', status: 200 },
    { host: 'a%20b', status: 200 },
    { host: '', status: 200 },
    { host: 'a\r\nhost: b', status: 400 },
    { host: '"><script>', status: 400 },
    { host: 'user@host', status: 400 },
    { host: 'a b', status: 400 },
    { host: 'a/b', status: 400 },
    { host: '{a}', status: 400 },
    { host: 'a:999999', status: 400 },
    { host: '[::1', status: 400 },
    { host: 'a'.repeat(256), status: 400 },
  ]
  await areAnswered(t, server, cases)
})

t.test('reports F9: a Host that no URL can have is refused (RFC 9110 §4.2.1)', async (t) => {
  const server = await listening(t)
  await areAnswered(t, server, [
    { host: 'a:65535', status: 200 },
    { host: 'a:0', status: 200 }, // A URL can have this port, though nobody listens on it.
    { host: 'a:', status: 200 },
    { host: 'a:00080', status: 200 },
    { host: '[::ffff:127.0.0.1]:', status: 200 },
    { host: 'a:65536', status: 400 },
    { host: 'a:99999', status: 400 },
    { host: '[::1]:99999', status: 400 },
    { host: '127.0.0.1:70000', status: 400 },
    { host: ':80', status: 400 },
    { host: ':', status: 400 },
    { host: '[::1::]', status: 400 },
    { host: '[1]', status: 400 },
    { host: '[::1]a', status: 400 },
    { host: '[12345::]', status: 400 },
  ])
  const tenant = requestText('POST /__admin/tenants HTTP/1.1', { host: 'localhost:99999' }, '')
  t.equal((await exchange(t, server, tenant)).status, 400, 'the control API too')
})

async function areAnswered(
  t: Test,
  server: Sandbox,
  cases: readonly { host: string; status: number }[],
): Promise<void> {
  for (const { host, status } of cases) {
    const answer = await exchange(t, server, requestText(requestLine, { host }, ''))
    t.equal(answer.status, status, JSON.stringify(host))
    if (status === 400) t.match(answer.body, /"detail":"Send one Host header, with/)
  }
}
