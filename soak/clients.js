import { flawOf, shown } from './answers.js'
import { hostile } from './hostile.js'
import { memoryOf, startMeasured, stop } from './program.js'
import { randomOf } from './random.js'
import { usual } from './usual.js'
import { resetBytes } from './requests.js'
import { Wire, exchange } from './wire.js'

/** Longest time for an answer that no fault delays, with 500 clients. */
const deadlineMs = 20_000
/** Time after which a client gives up a request that a fault delays. */
const patienceMs = 500
/** Permitted growth of memory after a reset and a collection, in bytes. */
const maxHeapGrowth = 12e6
const maxRssGrowth = 160e6

/** Many clients with valid, invalid and hostile requests, faults armed, and resets in between. */
export async function clients({ seed, seconds, clients: count }) {
  const program = await startMeasured([])
  const load = (number, loadSeconds) =>
    loaded(program, { seed, number, count, seconds: loadSeconds })
  try {
    // Compiled code and the like exist before the first measurement.
    await load(0, seconds * 0.2)
    const before = await settled(program)
    const counts = await load(1, seconds * 0.8)
    const after = await settled(program)
    requireMemoryBack(before, after)
    await stop(program)
    const grown = (name) => ((after[name] - before[name]) / 1e6).toFixed(1)
    const memory = `heap ${grown('heap')} MB, resident ${grown('rss')} MB more than before`
    return `${count} clients, ${summary(counts)}; ${memory}; ${program.log.lines} lines of log`
  } finally {
    program.child.kill('SIGKILL')
  }
}

function requireMemoryBack(before, after) {
  const grown = after.heap - before.heap
  if (grown > maxHeapGrowth) throw new Error(`the heap is ${grown} bytes larger than before`)
  const resident = after.rss - before.rss
  if (resident > maxRssGrowth) throw new Error(`${resident} more bytes are resident than before`)
}

async function settled(program) {
  const { status } = await exchange(program.port, resetBytes())
  if (status !== 204) throw new Error(`a reset answered ${status}`)
  return memoryOf(program)
}

async function loaded(program, { seed, number, count, seconds }) {
  const run = { program, endMs: performance.now() + seconds * 1000, counts: new Map() }
  const client = (index) => oneClient(run, randomOf(seed, number, index))
  const results = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => client(index)),
  )
  const failed = results.find(({ status }) => status === 'rejected')
  if (failed) throw failed.reason
  return run.counts
}

/** One client: keeps its connection as long as it can, and ends at the first wrong answer. */
async function oneClient(run, random) {
  const state = { random, ids: [], token: undefined }
  let wire = new Wire(run.program.port)
  try {
    while (performance.now() < run.endMs) {
      const request = random.chance(0.25) ? hostile(random) : usual(state)
      await asked(run, wire, request, state).catch((error) => {
        run.endMs = 0
        throw new Error(`${request.name}: ${error.message}\n${shown(request.bytes)}`)
      })
      if (random.chance(0.1)) await wire.close()
      if (wire.closed) wire = new Wire(run.program.port)
    }
  } finally {
    await wire.close()
  }
}

async function asked({ program, counts }, wire, request, state) {
  const { bytes, methods, halfClose, answers, mayBreak, isLast } = { ...plain, ...request }
  const waitMs = mayBreak ? patienceMs : deadlineMs
  const result = await wire.ask(bytes, { answers, methods, halfClose, deadlineMs: waitMs })
  if (!program.isUp()) throw new Error('the program ended')
  for (const answer of result.answers) {
    requireAsExpected(answer, request)
    count(counts, answer.status)
  }
  requireNoMore(result, request)
  if (result.answers.length === answers) request.learn?.(result.answers[0], state)
  else if (mayBreak) count(counts, 'none')
  else throw new Error(missing(result, answers))
  // A late answer would be taken for that of the next request.
  if (mayBreak || isLast) await wire.close()
}

/** Defaults of a request. */
const plain = { answers: 1, mayBreak: false, isLast: false }
const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1)

function requireAsExpected(answer, { expected }) {
  const flaw = flawOf(answer) ?? unexpected(answer, expected)
  if (flaw !== undefined) throw new Error(`${flaw}: ${shown(answer.body ?? Buffer.alloc(0))}`)
}

/** Requires that no bytes follow the expected answers. */
function requireNoMore({ answers, rest }, { answers: wanted = 1, isLast }) {
  const isMore = answers.length === wanted && rest.length > 0
  if (isMore && !isLast) throw new Error(`more than was asked for: ${shown(rest)}`)
}

const unexpected = ({ status }, expected) =>
  expected.includes(status) ? undefined : `${status}, not ${expected.join(' or ')}`

function missing({ answers, rest, closed, isLate }, wanted) {
  const why = isLate ? 'late' : closed ? 'closed' : ''
  return `${answers.length} answers, not ${wanted}; ${why}; there is ${shown(rest)}`
}

function summary(counts) {
  const sorted = [...counts].sort(([a], [b]) => String(a).localeCompare(String(b)))
  return `answers ${sorted.map(([status, count]) => `${status}: ${count}`).join(', ')}`
}
