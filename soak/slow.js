import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { flawOf, shown } from './answers.js'
import { start, stop } from './program.js'
import { createBytes, requestBytes, webhooksOf } from './requests.js'
import { exchange, parseAnswer } from './wire.js'

const perKind = 40
const requestTimeoutMs = 1_000
/** Node.js checks for late requests once a second; the rest is for a busy machine. */
const boundMs = requestTimeoutMs + 6_000
const byteEveryMs = 25
const createMs = 5_000
/** Size of a list that exceeds the buffers of a connection. */
const listed = { webhooks: 16, nameLength: 1_000_000 }
const nonReaders = 4
/** Requests that each client sends in one piece; their answers together exceed the memory. */
const pipelined = 300

/** Clients that send a byte at a time or never read; each is closed in time, and others are served. */
export async function slow() {
  const program = await start(['--request-timeout', String(requestTimeoutMs / 1000)])
  try {
    const listPath = await largeList(program)
    const lists = Buffer.concat(many(pipelined, () => requestBytes('GET', listPath)))
    const startedMs = performance.now()
    const slowOnes = [
      ...many(perKind, () => dripping(program, 0)),
      ...many(perKind, () => dripping(program, createBytes().indexOf('\r\n\r\n') + 4)),
      ...many(nonReaders, () => neverReading(program, lists)),
    ]
    const all = Promise.all(slowOnes)
    const served = await serveMeanwhile(program, all)
    await all
    const endedMs = Math.round(performance.now() - startedMs)
    await stop(program)
    const kinds = `${perKind} heads and ${perKind} bodies a byte at a time, ${nonReaders} that never read ${pipelined} answers`
    return `${kinds}: ended after ${endedMs} ms; ${served} creates meanwhile`
  } finally {
    program.child.kill('SIGKILL')
  }
}

const many = (count, make) => Array.from({ length: count }, make)

async function largeList({ port }) {
  const name = 'x'.repeat(listed.nameLength)
  const created = await exchange(port, createBytes())
  const webhook = { ...JSON.parse(created.body.toString()), name }
  const webhooks = many(listed.webhooks, () => ({ ...webhook, id: randomUUID() }))
  const { status } = await exchange(
    port,
    requestBytes('PUT', '/__admin/state', { body: { webhooks } }),
  )
  if (status !== 204) throw new Error(`an import answered ${status}`)
  return `${webhooksOf()}/list`
}

/** Other clients get their answers meanwhile. */
async function serveMeanwhile({ port }, all) {
  let isOver = false
  const over = () => (isOver = true)
  all.then(over, over)
  let served = 0
  while (!isOver) {
    const { status } = await exchange(port, createBytes(), { deadlineMs: createMs })
    if (status !== 201) throw new Error(`a create amid slow clients answered ${status}`)
    served += 1
  }
  return served
}

/** Sends a request up to `at` in one piece, then byte by byte; the answer must be 408 or a closed connection. */
async function dripping({ port }, at) {
  const request = createBytes()
  const socket = connect(port, '127.0.0.1')
  let answer = Buffer.alloc(0)
  socket.on('data', (chunk) => (answer = Buffer.concat([answer, chunk])))
  socket.on('error', () => undefined)
  socket.write(request.subarray(0, at))
  let next = at
  const drip = setInterval(() => {
    // The last byte is never sent: it would complete the request.
    if (next < request.length - 1) socket.write(request.subarray(next, (next += 1)))
  }, byteEveryMs)
  try {
    await ended(socket, at === 0 ? 'a head a byte at a time' : 'a body a byte at a time')
  } finally {
    clearInterval(drip)
  }
  const { status, ...rest } = parseAnswer(answer) ?? {}
  const flaw = status === 408 ? flawOf({ status, ...rest }) : 'no 408'
  if (flaw) throw new Error(`a slow request is answered ${shown(answer)}: ${flaw}`)
}

async function neverReading({ port }, bytes) {
  const socket = connect(port, '127.0.0.1')
  // The end is noticed only after the unread bytes, a reset immediately.
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.pause()
  socket.write(bytes)
  await reset(socket, 'an answer that is never read')
}

/** Sends empty lines, which begin no request, until the closed connection shows. */
async function reset(socket, what) {
  const poke = setInterval(() => socket.write('\r\n'), byteEveryMs)
  try {
    await ended(socket, what)
  } finally {
    clearInterval(poke)
  }
}

async function ended(socket, what) {
  // `once` would reject on a reset.
  const closed = new Promise((resolve) => socket.once('close', () => resolve(true)))
  let timer
  const late = new Promise((resolve) => (timer = setTimeout(resolve, boundMs, false)))
  const isClosed = await Promise.race([closed, late])
  clearTimeout(timer)
  socket.destroy()
  if (!isClosed) throw new Error(`${what} was not ended within ${boundMs} ms`)
}
