import type { IncomingMessage } from 'node:http'
import t from 'tap'
import { isSuccess } from '../../../src/control/deliveries/attempt.ts'
import { attemptBody, send } from '../../fixtures/attempts.ts'
import { nobody, rawReceiver, receiver } from '../../fixtures/receiver.ts'

t.test('an attempt is a POST of the given bytes on a connection of its own', async (t) => {
  const requests: { request: IncomingMessage; text: string }[] = []
  const url = await receiver(t, (request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => requests.push({ request, text }))
    request.on('end', () => response.writeHead(200, { 'x-a': '1', b: ['2', '3'] }).end('stored'))
  })
  const outcome = await send(`${url}/hooks/wink?x=%20y`)
  t.equal(outcome.status, 200)
  t.strictSame(outcome.headers?.slice(0, 6), ['x-a', '1', 'b', '2', 'b', '3'])
  t.equal(outcome.body?.toString(), 'stored')
  t.strictSame(Object.keys(outcome).sort(), [
    'body',
    'durationMs',
    'firstByteMs',
    'headers',
    'status',
  ])
  t.ok(Number(outcome.firstByteMs) <= outcome.durationMs)
  t.ok(isSuccess(outcome))
  t.match(requests, [
    {
      text: attemptBody.toString(),
      request: {
        method: 'POST',
        url: '/hooks/wink?x=%20y',
        headers: {
          'content-type': 'application/json',
          'content-length': String(attemptBody.length),
          connection: 'close',
        },
      },
    },
  ])
})

t.test('a redirect is not followed', async (t) => {
  let requests = 0
  const url = await receiver(t, (_request, response) => {
    requests += 1
    response.writeHead(308, { location: '/elsewhere' }).end()
  })
  const outcome = await send(url)
  t.match(outcome, { status: 308, headers: ['location', '/elsewhere'] })
  t.notOk(isSuccess(outcome))
  t.equal(requests, 1)
})

t.test('user info of the URL is sent as Basic authentication', async (t) => {
  let authorization: string | undefined
  const url = await receiver(t, (request, response) => {
    authorization = request.headers.authorization
    response.end()
  })
  await send(url.replace('//', '//user:secret@'))
  t.equal(authorization, `Basic ${Buffer.from('user:secret').toString('base64')}`)
})

t.test('nobody listens', async (t) => {
  const url = await nobody()
  const { port } = new URL(url)
  t.match(await send(url), {
    failure: 'unreachable',
    error: `nobody listens at 127.0.0.1:${port}`,
  })
  t.match(await send(`http://localhost:${port}`), { error: `nobody listens at localhost:${port}` })

  const both = await send(`http://receiver.test:${port}`, {
    lookup: (_hostname, _options, callback) => {
      callback(null, [
        { address: '2001:db8::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ])
    },
  })
  t.match(both, { error: `nobody listens at receiver.test:${port}` }, 'the other has no route')
})

t.test('a cancelled attempt ends at once, also before it began', async (t) => {
  const controller = new AbortController()
  const url = await rawReceiver(t, (socket) => {
    socket.once('data', () => {
      controller.abort()
    })
  })
  const expected = { failure: 'cancelled', error: 'it was cancelled' }
  t.match(await send(url, {}, controller.signal), expected)
  t.match(await send(url, {}, controller.signal), expected)
})

t.test('header fields that cannot be sent fail the attempt; it never rejects', async (t) => {
  const outcome = await send('http://127.0.0.1:9/', {}, undefined, { 'x-a': 'a\nb' })
  t.match(outcome, { failure: 'other', error: /^it failed: Invalid character in header/ })
})
