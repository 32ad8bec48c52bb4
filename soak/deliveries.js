import { once } from 'node:events'
import { createServer } from 'node:net'
import { ask, pauseAmid } from './costly.js'
import { start, stop } from './program.js'
import { createBytes, entity, requestBytes } from './requests.js'

/** The owner of the webhooks that are created while events are delivered. */
const otherEntity = '0c7e4a52-61d3-4f0e-9b1d-2f6f3c8a9e10'
const webhooks = 10
const rounds = 2
/** Retries without a pause, which make the answers of receivers many. */
const manyRetries = Array(10).fill(0)
/** Number of copies of these events. */
const copies = 5
/** Longest end of the program after SIGTERM, in ms, while deliveries are under way. */
const endMs = 1_000
const mebibyte = Buffer.alloc(1024 * 1024, 'x')

/** Receivers that misbehave, and the state in which a delivery to them ends. */
const receivers = {
  silence: ['failed', () => undefined],
  'a close': ['failed', (socket) => socket.end()],
  'a reset': ['failed', (socket) => socket.resetAndDestroy()],
  noise: ['failed', (socket) => socket.end('\0\x01 HTTP\r\n')],
  'a redirect to itself': [
    'failed',
    (socket) => socket.end('HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n'),
  ],
  'a long header field': [
    'failed',
    (socket) =>
      socket.end(`HTTP/1.1 500 No\r\nx: ${'v'.repeat(15_000)}\r\ncontent-length: 0\r\n\r\n`),
  ],
  'many header fields and a long body': [
    'failed',
    (socket) =>
      socket.end(
        `HTTP/1.1 500 No\r\n${Array.from({ length: 700 }, (_, index) => `h${index}: v\r\n`).join('')}content-length: 16000\r\n\r\n${'\u0416'.repeat(8_000)}`,
      ),
  ],
  'endless header fields': ['failed', (socket) => flood(socket, 'HTTP/1.1 200 OK\r\nx: ')],
  'an endless body': ['delivered', (socket) => flood(socket, 'HTTP/1.1 200 OK\r\n\r\n')],
  'endless interim responses': [
    'failed',
    (socket) => drip(socket, 'HTTP/1.1 102 Processing\r\n\r\n'),
  ],
  'a dripping body': ['failed', (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\n')],
}

function flood(socket, head) {
  socket.write(head)
  const more = () => {
    while (!socket.destroyed && socket.write(mebibyte));
  }
  socket.on('drain', more)
  more()
}

function drip(socket, text) {
  const timer = setInterval(() => socket.write(text), 20)
  socket.on('close', () => clearInterval(timer))
}

const admin = (method, path, body) => requestBytes(method, `/__admin${path}`, { body })

async function listen(answer) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => answer(socket))
  })
  server.listen(0, '127.0.0.1').unref()
  await once(server, 'listening')
  return `http://127.0.0.1:${server.address().port}`
}

/** Deliveries to receivers that misbehave; creates are served meanwhile, and SIGTERM ends all. */
export async function deliveries() {
  const flags = ['--delivery-timeout', '0.5', '--retry-delays', '10']
  const program = await start(flags, { nodeFlags: ['--max-old-space-size=64'] })
  try {
    for (let left = webhooks; left > 0; left -= 1) await ask(program, 201, createBytes())
    const longestMs = await pauseAmid(
      program,
      () => deliverToAll(program),
      createBytes(otherEntity),
    )
    await fillMemory(program)
    const silent = await listen(receivers.silence[1])
    for (let left = rounds; left > 0; left -= 1) await trigger(program, silent)
    const startedMs = performance.now()
    await stop(program)
    const tookMs = performance.now() - startedMs
    if (tookMs > endMs) throw new Error(`SIGTERM took ${Math.round(tookMs)} ms`)
    const count = Object.keys(receivers).length * webhooks * rounds
    return `${count} deliveries to receivers that misbehave; creates took at most ${Math.round(longestMs)} ms, and SIGTERM ${Math.round(tookMs)} ms`
  } finally {
    program.child.kill('SIGKILL')
  }
}

const trigger = (program, deliverTo, waitMs, more) =>
  ask(
    program,
    waitMs === undefined ? 202 : 200,
    admin('POST', '/events', {
      type: 'booking.create',
      managingEntityIdentifier: entity,
      deliverTo,
      ...(waitMs && { waitMs }),
      ...more,
    }),
  )

/** Events whose answers together are larger than the heap, for each of the receivers with long answers. */
async function fillMemory(program) {
  for (const name of ['a long header field', 'many header fields and a long body']) {
    const deliverTo = await listen(receivers[name][1])
    const more = { copies, retryDelaysMs: manyRetries }
    for (let left = 2; left > 0; left -= 1) await trigger(program, deliverTo, 50_000, more)
  }
}

async function deliverToAll(program) {
  const all = Object.entries(receivers).flatMap((receiver) => Array(rounds).fill(receiver))
  await Promise.all(
    all.map(async ([name, [expected, answer]]) => {
      const { body } = await trigger(program, await listen(answer), 50_000)
      const { deliveries } = JSON.parse(body)
      const others = deliveries.filter(({ state }) => state !== expected)
      if (others.length > 0) throw new Error(`${name}: ${JSON.stringify(others[0])}`)
    }),
  )
}
