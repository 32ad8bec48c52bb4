// Measures other sandboxes with the same requests; see ../README.md.
//
//   npm run build && cd bench/peers && npm ci && npm run bench
//     ROUNDS=3   REQUESTS=6000   WARM_UP=3000   PEERS=prism,steady   only these
import { setTimeout as sleep } from 'node:timers/promises'
import { baselines, sandbox } from '../servers.js'
import { create, measureStart } from '../start.js'
import { inTurn, median } from '../statistics.js'
import { fixed, printTable } from '../table.js'
import { measureThroughput } from '../throughput.js'
import { installedBytes, peers } from './peers.js'

const number = (name, otherwise) => Number(process.env[name] ?? otherwise)
const rounds = number('ROUNDS', 3)
const load = {
  connections: 32,
  requests: number('REQUESTS', 6_000),
  warmUp: number('WARM_UP', 3_000),
}
const patienceMs = 30_000

/** Waits until a program answers with 201: its output does not tell when it is ready. */
async function ready({ program, port }) {
  const giveUp = performance.now() + patienceMs
  for (;;) {
    const status = await create(port).catch(() => 0)
    if (status === 201) return
    if (program.exitCode !== null) throw new Error('it ended')
    if (performance.now() > giveUp) throw new Error(`it answers ${status}`)
    await sleep(5)
  }
}

let port = 20_000 + Math.floor(Math.random() * 10_000)
async function measure(subject) {
  // A new port each time: the last one may still be in use.
  const placed = () => {
    if (!subject.wordsAt) return subject
    port += 1
    return { words: subject.wordsAt(port), port, ready }
  }
  const start = await measureStart(placed())
  const { it } = await measureThroughput({ it: placed() }, load)
  return { ...start, ...it }
}

const wanted = process.env.PEERS?.split(',') ?? Object.keys(peers)
const subjects = {
  'this sandbox': sandbox(),
  'node:http': baselines['node:http'],
  ...Object.fromEntries(wanted.map((name) => [name, peers[name]])),
}
const results = await inTurn(subjects, rounds, (subject) =>
  measure(subject).catch((error) => ({ error })),
)
const rowOf = ([name, all]) => {
  const failed = all.find(({ error }) => error)
  if (failed) return [name, `not measured: ${failed.error.message.split('\n')[0]}`]
  const of = (figure) => median(all.map((one) => one[figure]))
  const bytes = installedBytes(peers[name]?.packageName)
  return [
    name,
    fixed(of('cpuMicroseconds'), 0),
    fixed(of('perSecond'), 0),
    fixed(of('p99'), 1),
    fixed(of('ms'), 0),
    fixed(of('rss') / 1e6, 1),
    bytes ? fixed(bytes / 1e6, 1) : '',
  ]
}
printTable(
  [
    ['', 'CPU per request, µs', 'creates per second', 'p99, ms'],
    ['spawn to first 201, ms', 'idle RSS, MB', 'installed, MB'],
  ].flat(),
  Object.entries(results).map(rowOf),
)
