import { once } from 'node:events'
import type { Socket } from 'node:net'
import t from 'tap'
import { maxAnswerBytes } from '../../../src/control/deliveries/answer.ts'
import { isSuccess } from '../../../src/control/deliveries/attempt.ts'
import { send } from '../../fixtures/attempts.ts'
import { rawReceiver, receiver } from '../../fixtures/receiver.ts'

t.test('a receiver that hangs: the attempt ends at its deadline', async (t) => {
  const mute = await rawReceiver(t, (socket) => socket.resume())
  t.match(await send(mute, { timeoutMs: 30 }), {
    failure: 'timeout',
    error: 'it did not answer within 30 ms',
  })
  t.match(await send(mute, { timeoutMs: 1_000 }), { error: 'it did not answer within 1 s' })

  for (const url of [mute, mute.replace('http:', 'https:')]) {
    t.match(await send(url, { timeoutMs: 30 }), { failure: 'timeout', error: /did not answer/ })
  }
  const silentDns = await send('http://receiver.test', {
    timeoutMs: 30,
    lookup: () => undefined,
  })
  t.match(silentDns, { failure: 'timeout', error: 'it did not answer within 30 ms' })

  const unfinished = await receiver(t, (_request, response) => {
    response.writeHead(200).write('half')
  })
  const outcome = await send(unfinished, { timeoutMs: 100 })
  t.match(outcome, {
    status: 200,
    failure: 'timeout',
    error: 'it did not end its answer within 100 ms',
  })
  t.equal(outcome.body?.toString(), 'half')
  t.notOk(isSuccess(outcome))
})

t.test('a receiver that drips bytes does not move the deadline', async (t) => {
  for (const head of ['HTTP/1.1 200 OK\r\nx: ', 'HTTP/1.1 200 OK\r\n\r\n']) {
    const url = await rawReceiver(t, (socket) => {
      socket.write(head)
      const drip = setInterval(() => socket.write('a'), 5)
      socket.on('close', () => {
        clearInterval(drip)
      })
    })
    const { failure, error, firstByteMs } = await send(url, { timeoutMs: 300 })
    t.equal(failure, 'timeout')
    t.match(error, /^it did not end (?:the head of )?its answer within 300 ms$/)
    t.type(firstByteMs, 'number', 'the first byte came')
  }
})

t.test('of an endless answer 16 KiB are read, and the connection ends', async (t) => {
  const closed = new Promise<number>((resolve) => {
    void receiver(t, (_request, response) => {
      response.writeHead(200, { 'content-length': 1024 ** 3 })
      let sent = 0
      const send = (): void => {
        while (sent < 1024 ** 3 && response.write(Buffer.alloc(65_536, 'a'))) sent += 65_536
      }
      response.on('drain', send).on('close', () => {
        resolve(sent)
      })
      send()
    }).then(async (url) => {
      const outcome = await send(url)
      t.match(outcome, { status: 200, bodyTruncated: true, error: undefined })
      t.equal(outcome.body?.length, maxAnswerBytes)
      t.ok(isSuccess(outcome))
    })
  })
  t.ok((await closed) < 1024 ** 3)

  const exact = await receiver(t, (_request, response) =>
    response.end(Buffer.alloc(maxAnswerBytes, 'a')),
  )
  t.equal((await send(exact)).bodyTruncated, undefined, '16 KiB are not cut')

  const atOnce = await rawReceiver(t, (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(maxAnswerBytes + 1)}`)
  })
  t.match(await send(atOnce), { status: 200, firstByteMs: Number, bodyTruncated: true })
})

t.test('broken answers are named', async (t) => {
  const answers: Record<string, [(socket: Socket) => void, object]> = {
    close: [
      (socket) => socket.end(),
      { failure: 'closed', error: 'it closed the connection without an answer' },
    ],
    reset: [
      (socket) => socket.resetAndDestroy(),
      { failure: 'closed', error: 'it reset the connection' },
    ],
    garbage: [
      (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
      { failure: 'not-http', error: /^its answer is not HTTP: \S/ },
    ],
    'long head': [
      (socket) => socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(64 * 1024)}\r\n\r\n`),
      { failure: 'not-http', error: 'the head of its answer is too long' },
    ],
    'half a head': [
      (socket) => socket.end('HTTP/1.1 200 OK\r\nx: y'),
      { failure: 'closed', error: 'it closed the connection before the end of its answer' },
    ],
    'half an answer': [
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'),
      {
        status: 200,
        failure: 'closed',
        error: 'it closed the connection before the end of its answer',
      },
    ],
    'bad chunk': [
      (socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
      { status: 200, error: /./ },
    ],
    upgrade: [
      (socket) =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
        ),
      { status: 101, error: undefined },
    ],
  }
  for (const [name, [answer, expected]] of Object.entries(answers)) {
    const url = await rawReceiver(t, (socket) => {
      socket.once('data', () => {
        answer(socket)
      })
    })
    const outcome = await send(url)
    t.match(outcome, expected, name)
    t.notOk(isSuccess(outcome), name)
  }
})

t.test('an answer before the end of the request is taken', async (t) => {
  const url = await rawReceiver(t, (socket) => {
    socket.end('HTTP/1.1 413 Content Too Large\r\ncontent-length: 0\r\n\r\n')
  })
  t.match(await send(url), { status: 413 })
})

t.test('the connection is closed when the attempt has ended', async (t) => {
  let connection: Socket | undefined
  const url = await rawReceiver(t, (socket) => {
    connection = socket
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n')
    socket.resume()
  })
  t.match(await send(url), { status: 200 })
  if (connection?.closed === false) await once(connection, 'close')
})

t.test('of the head of an answer 50 fields and 4 KiB are kept', async (t) => {
  const answering = (head: string): Promise<string> =>
    rawReceiver(t, (socket) => {
      socket.once('data', () => socket.end(`HTTP/1.1 500 No\r\n${head}content-length: 0\r\n\r\n`))
    })
  const few = await send(await answering('a: 1\r\n'))
  t.match(few, { headers: ['a', '1', 'content-length', '0'], headersTruncated: undefined })
  const many = await send(await answering(Array(100).fill('a: 1\r\n').join('')))
  t.equal(many.headers?.length, 100)
  t.equal(many.headersTruncated, true)
  const long = await send(await answering(`a: 1\r\nb: ${'x'.repeat(15_000)}\r\nc: 1\r\n`))
  t.strictSame(long.headers, ['a', '1', 'b', 'x'.repeat(4 * 1024 - 3)])
  t.match(long, { status: 500, headersTruncated: true, error: undefined })
  const name = await send(await answering(`${'n'.repeat(5_000)}: 1\r\n`))
  t.match(name, { headers: [], headersTruncated: true })
})

t.test('bytes behind the end of an answer are noted, and no failure', async (t) => {
  for (const head of [
    'HTTP/1.1 204 No Content\r\n',
    'HTTP/1.1 304 Not Modified\r\n',
    'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n',
  ]) {
    const url = await rawReceiver(t, (socket) => {
      socket.once('data', () => socket.end(`${head}\r\nhello`))
    })
    t.match(await send(url), { status: /[23]04/, error: undefined, hasExcess: true }, head)
  }
})

t.test('an error in words is cut, too', async (t) => {
  const outcome = await send('http://receiver.test', {
    lookup: (_hostname, _options, callback) => {
      callback(new Error('x'.repeat(5_000)), [])
    },
  })
  t.equal(outcome.error?.length, 256)
})
