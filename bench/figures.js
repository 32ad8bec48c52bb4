// The figures of `npm run bench`: how each is measured, and what it is to reach.
import { execFileSync } from 'node:child_process'
import { measureMemory } from './memory.js'
import { floors, here, sandbox, sandboxAt } from './servers.js'
import { measureStart } from './start.js'
import { inRounds, inTurn, median } from './statistics.js'
import { measureThroughput } from './throughput.js'

const bare = 'node:http'

/**
 * A row of figures that are compared with the floor: medians of all rounds, and the median of the ratios
 * of the rounds, each of which has its floor measured next to it.
 */
const compared = (label, results, figure, { digits = 0, scale = 1, floor = bare, ...bounds }) => {
  const all = Object.fromEntries(
    Object.entries(results).map(([name, rounds]) => [name, rounds.map((one) => one[figure])]),
  )
  const values = Object.fromEntries(
    Object.entries(all).map(([name, rounds]) => [name, median(rounds) * scale]),
  )
  const ratios = Object.fromEntries(
    Object.entries(all).map(([name, rounds]) => [
      name,
      median(rounds.map((value, round) => value / all[floor][round])),
    ]),
  )
  return { label, values, ratios, digits, ...bounds, value: ratios.sandbox }
}

/** A row of figures that stand for themselves. */
const plain = (label, values, { digits = 0, ...bounds }) => ({
  label,
  values,
  ratios: {},
  digits,
  ...bounds,
  value: values.sandbox,
})

/** What requests take, with the sandbox as it is by default. */
export async function throughputRows({ rounds, requests, warmUp }) {
  const subjects = { sandbox: sandbox(), ...floors }
  const load = { connections: 32, requests, warmUp }
  const results = await inRounds(rounds, () => measureThroughput(subjects, load))
  return [
    compared('CPU per request, µs', results, 'cpuMicroseconds', {
      digits: 1,
      reach: 1.15,
      limit: 1.3,
      gate: true,
    }),
    compared('creates per second, 32 connections', results, 'perSecond', {
      reach: 0.85,
      limit: 0.75,
      atLeast: true,
    }),
    compared('p99 latency, ms', results, 'p99', { digits: 2, reach: 1.2, limit: 1.5 }),
  ]
}

/** How long it takes to start, as it is installed, and its memory then. */
export async function startRows({ rounds, installedCli }) {
  const subjects = { sandbox: sandboxAt(installedCli), ...floors }
  await measureStart(subjects.sandbox) // the files are in the cache of the machine then
  const results = await inTurn(subjects, rounds, measureStart)
  return [
    compared('spawn to first 201, installed, ms', results, 'ms', { reach: 1.5, limit: 2 }),
    compared('idle RSS, MB', results, 'rss', {
      digits: 1,
      scale: 1e-6,
      reach: 1.2,
      limit: 1.35,
    }),
  ]
}

/** What a sandbox of its own costs a test, against a bare route of Fastify. */
export async function lifecycleRows({ rounds }) {
  const measure = (name) =>
    JSON.parse(execFileSync(process.execPath, [here('lifecycle.js'), name], { encoding: 'utf8' }))
  const results = await inTurn({ sandbox: 'sandbox', fastify: 'fastify' }, rounds, measure)
  const row = (label, figure) =>
    compared(label, results, figure, { digits: 2, floor: 'fastify', reach: 2 })
  return [
    row('a sandbox for each test: start, create, close, ms (against Fastify)', 'all'),
    row('its start, ms (against Fastify)', 'start'),
  ]
}

/** What is kept of a record, the journal aside. */
export async function memoryRows({ records }) {
  const withoutJournal = [
    '--max-journal-entries',
    '0',
    '--max-webhooks',
    '2000000',
    '--max-webhook-bytes',
    String(2 ** 31 - 1),
  ]
  const subjects = Object.entries({ sandbox: sandbox(...withoutJournal), ...floors })
  const cases = [
    ['name', 'only the name differs', { reach: 560, limit: 600 }],
    ['one entity', 'all differs but entity and user', {}],
    ['all', 'all differs', { reach: 560, limit: 600 }],
  ]
  const rows = []
  for (const [shape, label, bounds] of cases) {
    const values = {}
    for (const [name, subject] of subjects) {
      values[name] = await measureMemory(subject, { records, shape })
    }
    rows.push(plain(`bytes kept a record, ${label}`, values, bounds))
  }
  return rows
}

/** What an installation takes of the disk. */
export const installedRows = ({ bytes, bundleBytes }) => [
  plain('the bundle, MB', { sandbox: bundleBytes / 1e6 }, { digits: 2, reach: 1, limit: 11 }),
  plain('installed, with all data, MB', { sandbox: bytes / 1e6 }, { digits: 2, limit: 11 }),
]
