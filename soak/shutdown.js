import { flawOf, shown } from './answers.js'
import { start, terminate } from './program.js'
import { randomOf } from './random.js'
import { createBytes } from './requests.js'
import { Wire } from './wire.js'

const concurrent = 200
/** Number of requests that the program has certainly accepted before the signal. */
const held = 100
const boundMs = 8_000
/** Duration of sending; the signal comes within it. */
const spreadMs = 100

/**
 * SIGTERM during creates, repeated.
 *
 * A request counts as accepted if the program answered `100 Continue`, or wrote a line of its log about it.
 * A connection that only the kernel had accepted is reset without an answer.
 */
export async function shutdown({ seed, seconds }) {
  const end = performance.now() + seconds * 1000
  const totals = { rounds: 0, created: 0, refused: 0, unaccepted: 0 }
  do {
    const counts = await round(randomOf(seed, totals.rounds))
    totals.rounds += 1
    for (const [name, count] of Object.entries(counts)) totals[name] += count
  } while (performance.now() < end)
  const { rounds, created, refused, unaccepted } = totals
  return `${rounds} times SIGTERM amid ${concurrent} requests: ${created} times 201, ${refused} times 503, ${unaccepted} not accepted; the log counts the same`
}

async function round(random) {
  const program = await start()
  const { port, child, log } = program
  try {
    const wires = Array.from({ length: held }, () => new Wire(port))
    await Promise.all(wires.map(accepted))
    const racing = Array.from({ length: concurrent - held }, () =>
      race(port, random.below(spreadMs)),
    )
    const signalled = after(random.below(spreadMs)).then(() => terminate(program))
    const certain = wires.map(async (wire) => {
      await after(random.below(spreadMs))
      return answerTo(wire, body)
    })
    const answers = await Promise.all([...certain, ...racing])
    await signalled
    const exit = await Promise.race([program.exit, after(boundMs)])
    if (exit?.code !== 0) throw new Error(`it ended with ${JSON.stringify(exit)}: ${log.bad}`)
    return judged(answers, log)
  } finally {
    child.kill('SIGKILL')
  }
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref())
const request = createBytes(undefined, { headers: { expect: '100-continue' } })
const headLength = request.indexOf('\r\n\r\n') + 4
const [head, body] = [request.subarray(0, headLength), request.subarray(headLength)]

/** Waits until the program has read the head of the request. */
async function accepted(wire) {
  await wire.send(head)
  await wire.until(() => wire.bytes.includes('100 Continue\r\n\r\n'), boundMs)
  if (!wire.bytes.includes('100 Continue\r\n\r\n')) throw new Error('no 100 Continue')
}

async function race(port, ms) {
  await after(ms)
  return answerTo(new Wire(port), createBytes())
}

async function answerTo(wire, bytes) {
  const { answers, rest } = await wire.ask(bytes, { deadlineMs: boundMs })
  if (rest.length > 0) throw new Error(`half an answer: ${shown(rest)}`)
  return answers[0]
}

function judged(answers, log) {
  const lost = answers.slice(0, held).filter((answer) => answer === undefined).length
  if (lost > 0) throw new Error(`${lost} requests were accepted and got no answer`)
  const count = (status) => answers.filter((answer) => answer?.status === status).length
  const [created, refused] = [count(201), count(503)]
  const flaw = answers.map((answer) => answer && flawOf(answer)).find(Boolean)
  if (flaw) throw new Error(flaw)
  const unaccepted = answers.filter((answer) => answer === undefined).length
  if (created + refused + unaccepted !== answers.length) throw new Error('another status')
  requireSame('lines of 201', created, log.answered.get('POST 201') ?? 0)
  requireSame('lines of 503', refused, log.answered.get('POST 503') ?? 0)
  requireSame('webhooks in the last line', created, log.last?.webhooks)
  return { created, refused, unaccepted }
}

function requireSame(what, answered, logged) {
  if (answered !== logged)
    throw new Error(`${what} of the log: ${logged}, but ${answered} answered`)
}
