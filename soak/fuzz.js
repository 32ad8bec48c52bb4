// Mutations of valid requests, byte by byte, over raw sockets. A case depends only on the
// seed and its number, so that it can be sent again: npm run soak -- --only fuzz --seed N --case M
import { flawOf, shown } from './answers.js'
import { mutated } from './mutations.js'
import { requireCleanLog, start, stop } from './program.js'
import { randomOf } from './random.js'
import { createBytes, resetBytes } from './requests.js'
import { Malformed, Wire, exchange, parseAnswer } from './wire.js'

/** Number of cases sent together; a check follows them. */
const batchSize = 16
/** Time that a case waits for further answers. */
const quietMs = 60
/** Longest time for the rest of an answer. */
const restMs = 2_000
const checkMs = 10_000
/** `--request-timeout` of the program: no request may outlive its batch by much. */
const flags = ['--request-timeout', '1']

export async function fuzz({ seed, seconds, only }) {
  const run = { seed, program: await start(flags) }
  try {
    if (only !== undefined) await checked(run, [only])
    else return await many(run, seconds)
    console.log(`fuzz: case ${only} is answered well:\n${shown(caseOf(seed, only).bytes, 4000)}`)
  } finally {
    run.program.child.kill('SIGKILL')
  }
  return undefined
}

async function many(run, seconds) {
  const end = performance.now() + seconds * 1000
  const seen = new Map()
  let number = 0
  for (; performance.now() < end; number += batchSize) {
    const numbers = Array.from({ length: batchSize }, (_, index) => number + index)
    const statuses = await checked(run, numbers).catch((error) => narrowed(run, numbers, error))
    for (const status of statuses) seen.set(status, (seen.get(status) ?? 0) + 1)
  }
  await stop(run.program)
  const counts = [...seen].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  return `${number} cases, answered ${counts.join(', ')}; the server created behind each batch`
}

/** Finds the failing case of a batch: sends each to a program of its own. */
async function narrowed(run, numbers, batchError) {
  for (const number of numbers) {
    run.program.child.kill('SIGKILL')
    run.program = await start(flags)
    await checked(run, [number]).catch((error) => fail(run, number, error))
  }
  throw new Error(
    `cases ${numbers[0]} to ${numbers.at(-1)} of seed ${run.seed} together: ${batchError.message}`,
  )
}

function fail({ seed }, number, error) {
  const replay = `npm run soak -- --only fuzz --seed ${seed} --case ${number}`
  const { bytes, from } = caseOf(seed, number)
  throw new Error(`${error.message}\n${from}\n${shown(bytes, 4000)}\nagain: ${replay}`)
}

export function caseOf(seed, number) {
  const random = randomOf(seed, number)
  const { bytes, from } = mutated(random)
  const cut = random.chance(0.2) ? random.below(bytes.length + 1) : 0
  return { bytes, from, cut, halfClose: random.chance(0.3) }
}

/** Sends cases together; then a create must succeed and the log must be clean. */
async function checked({ seed, program }, numbers) {
  const statuses = await Promise.all(numbers.map((number) => sent(program, caseOf(seed, number))))
  if (!program.isUp()) throw new Error('the program ended')
  const reset = await exchange(program.port, resetBytes(), { deadlineMs: checkMs })
  if (reset.status !== 204) throw new Error(`behind it a reset answered ${reset.status}`)
  const created = await exchange(program.port, createBytes(), { deadlineMs: checkMs })
  if (created.status !== 201) throw new Error(`behind it a create answered ${created.status}`)
  requireCleanLog(program.log)
  return statuses.flat()
}

/** The statuses of the answers to a case. */
async function sent({ port }, { bytes, cut, halfClose }) {
  const wire = new Wire(port)
  try {
    if (cut > 0) await wire.send(bytes.subarray(0, cut))
    await wire.send(bytes.subarray(cut), halfClose)
    const { answers, rest } = await answersTo(wire, bytes)
    const flaw = answers.map(flawOf).find((found) => found !== undefined)
    if (flaw !== undefined) throw new Malformed(flaw)
    if (rest.length > 0) throw new Malformed(`half an answer: ${shown(rest)}`)
    return answers.map(({ status }) => status)
  } finally {
    await wire.close()
  }
}

/** All bytes until the connection ends or stays silent. */
async function answersTo(wire, bytes) {
  // A mutated request may be HEAD, whose answer has a length but no body.
  const mayBeHead = bytes.includes('HEAD')
  await wire.until(() => false, quietMs)
  let result
  const isWhole = () => {
    result = answersIn(wire.bytes, mayBeHead)
    return result.rest.length === 0
  }
  await wire.until(isWhole, restMs)
  isWhole()
  return result
}

function answersIn(bytes, mayBeHead) {
  const answers = []
  let rest = bytes
  while (rest.length > 0) {
    const bare = mayBeHead ? parseAnswer(rest, true) : undefined
    const behind = bare && rest.subarray(bare.length, bare.length + 9).toString('latin1')
    const isBare = behind === '' || behind === 'HTTP/1.1 '
    const answer = isBare ? bare : parseAnswer(rest)
    if (!answer) break
    if (answer.status >= 200) answers.push(answer)
    rest = rest.subarray(answer.length)
  }
  return { answers, rest }
}
