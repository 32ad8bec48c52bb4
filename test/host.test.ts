import t from 'tap'
import { exchange, listening, requestText } from './fixtures/wire.ts'

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
  for (const { host, status } of cases) {
    const answer = await exchange(t, server, requestText(requestLine, { host }, ''))
    t.equal(answer.status, status, JSON.stringify(host))
    if (status === 400) t.match(answer.body, /"detail":"Send one Host header, with/)
  }
})
