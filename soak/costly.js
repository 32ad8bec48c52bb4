import { flawOf, shown } from './answers.js'
import { start, stop } from './program.js'
import {
  bodyFor,
  createBytes,
  entity,
  requestBytes,
  resetBytes,
  secret,
  webhooksOf,
} from './requests.js'
import { Wire, exchange } from './wire.js'

const mebibyte = 1024 * 1024
const patienceMs = 120_000
/** Longest wait of other clients, also on a busy machine. */
const boundMs = 1_000
const waits = 200
const journal = 150
const delayed = 20
const refusedBodies = 200

const admin = (method, path, body) => requestBytes(method, `/__admin${path}`, { body })
const many = (count, make) => Promise.all(Array.from({ length: count }, (_, index) => make(index)))
const text = (members) => JSON.stringify(bodyFor(entity, members))
const chunkedHead = (headers) =>
  requestBytes('POST', webhooksOf(), {
    headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked', ...headers },
  })
const inBytes = (content) => Buffer.from(content.replace(/./gs, '1\r\n$&\r\n'), 'latin1')
const largeCreate = (number) =>
  createBytes(entity, { body: text({ name: `${number} `.padEnd(mebibyte - 1_000, 'x') }) })

/** Inputs that cost more than they seem to; each must leave memory and time for other requests. */
export async function costly() {
  await withProgram(['--max-old-space-size=64'], async (program) => {
    await chunksOfOneByte(program)
    await bodiesThatBreakOff(program)
    await createsUntilFull(program)
  })
  const pauses = await withProgram([], async (program) => {
    const wrong = await pauseAmid(program, () => wrongItems(program))
    const hostile = await pauseAmid(program, () => journalOfHostileTexts(program))
    const met = await pauseAmid(program, () => waitsMetAtOnce(program))
    await delaysAcrossReset(program)
    return {
      '350,000 wrong items': wrong,
      'a journal of hostile texts': hostile,
      [`${waits} waits`]: met,
    }
  })
  const told = Object.entries(pauses).map(([name, ms]) => `${Math.round(ms)} ms for ${name}`)
  return `a heap of 64 MiB stands all; others waited at most ${told.join(', ')}`
}

async function withProgram(nodeFlags, check) {
  const program = await start([], { nodeFlags })
  try {
    const result = await check(program)
    await stop(program)
    return result
  } finally {
    program.child.kill('SIGKILL')
  }
}

/** Sends a request; the status of its answer must be as expected. */
export async function ask({ port }, expected, bytes) {
  const answer = await exchange(port, bytes, { deadlineMs: patienceMs })
  const flaw = answer.status === expected ? flawOf(answer) : `${answer.status}, not ${expected}`
  if (flaw) throw new Error(`${flaw}: ${shown(answer.body)}`)
  return answer
}

async function chunksOfOneByte(program) {
  const bytes = Buffer.concat([
    chunkedHead(),
    inBytes(text({ name: 'x'.repeat(900_000) })),
    Buffer.from('0\r\n\r\n'),
  ])
  await many(4, () => ask(program, 201, bytes))
  await ask(program, 204, resetBytes())
}

async function bodiesThatBreakOff(program) {
  const bytes = Buffer.concat([
    chunkedHead({ authorization: undefined }),
    inBytes('x'.repeat(16_000)),
  ])
  // The exchange ends the connection after the answer.
  for (let left = refusedBodies; left > 0; left -= 20)
    await many(20, () => ask(program, 401, bytes))
  await ask(program, 200, admin('GET', '/requests'))
  await ask(program, 204, resetBytes())
}

async function createsUntilFull(program) {
  for (let left = 100; left > 0; left -= 1) {
    const { status, headers } = await exchange(program.port, largeCreate(left))
    if (status === 503 && headers.has('retry-after')) {
      await ask(program, 204, resetBytes())
      await ask(program, 201, largeCreate(0))
      return
    }
    if (status !== 201) throw new Error(`a create of 1 MiB answered ${status}`)
  }
  throw new Error('100 creates of 1 MiB did not fill a heap of 64 MiB')
}

const wrongItems = (program) =>
  ask(program, 400, createBytes(entity, { body: text({ eventList: Array(350_000).fill(1) }) }))

async function journalOfHostileTexts(program) {
  const requests = [
    [404, requestBytes('POST', `/oauth2/token&client_secret=${secret}`)],
    [404, requestBytes('GET', `/api/${'/'.repeat(15_500)}x`)],
    [
      401,
      requestBytes('GET', `/api/${'pwd'.repeat(5_000)}`, { headers: { authorization: undefined } }),
    ],
    [
      200,
      requestBytes('GET', `${webhooksOf()}/list`, { headers: { 'x-note': 'pwd'.repeat(5_000) } }),
    ],
  ]
  for (const [status, bytes] of requests) {
    for (let left = journal; left > 0; left -= 50) await many(50, () => ask(program, status, bytes))
  }
  await ask(program, 200, admin('GET', '/requests'))
  await ask(program, 408, admin('POST', '/requests/wait', { count: 1_000_000, timeoutMs: 10 }))
}

/**
 * Many waits that one request satisfies, while the journal holds the hostile texts. They ask for few of these: to read
 * the whole journal 200 times would keep this process busy, which measures how long others wait.
 */
async function waitsMetAtOnce(program) {
  const filter = { operation: 'create-webhook', status: 201 }
  const { body } = await ask(program, 200, admin('POST', '/requests/count', filter))
  const count = JSON.parse(body).count + 1
  const wait = admin('POST', '/requests/wait', { ...filter, count, timeoutMs: 60_000 })
  const wires = await many(waits, async () => {
    const wire = new Wire(program.port)
    await wire.send(wait)
    return wire
  })
  // A wait that arrives later is satisfied immediately.
  await ask(program, 201, createBytes())
  await many(waits, async (index) => {
    const { answers } = await wires[index].ask('', { deadlineMs: patienceMs })
    if (answers[0]?.status !== 200) throw new Error(`a wait answered ${answers[0]?.status}`)
    await wires[index].close()
  })
}

async function delaysAcrossReset(program) {
  await ask(program, 204, resetBytes())
  await ask(program, 201, admin('POST', '/faults', { times: delayed, effect: { delayMs: 60_000 } }))
  const wires = await many(delayed, async () => {
    const wire = new Wire(program.port)
    await wire.send(createBytes())
    return wire
  })
  while ((await heldBack(program)) < delayed);
  await ask(program, 204, resetBytes())
  await many(delayed, async (index) => {
    const { answers } = await wires[index].ask('', { deadlineMs: boundMs })
    if (answers[0]?.status !== 503)
      throw new Error(`a reset left a delayed create ${answers[0]?.status}`)
    await wires[index].close()
  })
  const { body } = await ask(program, 200, requestBytes('GET', `${webhooksOf()}/list`))
  if (body.toString() !== '[]') throw new Error('a delayed create was stored behind a reset')
}

/** Number of requests that the only fault has delayed. */
async function heldBack(program) {
  const { body } = await ask(program, 200, admin('GET', '/faults'))
  return JSON.parse(body).faults[0].acted
}

/** Longest wait of another client during some work, in ms. */
export async function pauseAmid({ port }, work, bytes = admin('GET', '/health')) {
  let isOver = false
  const done = work().finally(() => (isOver = true))
  let longestMs = 0
  // The work's own failure is thrown below.
  done.catch(() => undefined)
  while (!isOver) {
    const startedMs = performance.now()
    await exchange(port, bytes, { deadlineMs: patienceMs })
    longestMs = Math.max(longestMs, performance.now() - startedMs)
  }
  await done
  if (longestMs > boundMs) throw new Error(`others waited ${Math.round(longestMs)} ms`)
  return longestMs
}
