// The figures of `npm run bench`, with their budgets: `reach` is the aim, a value worse than `limit` fails the run.
import { execFileSync } from 'node:child_process'
import { measureCreates, measureDeliveries } from './deliveries.js'
import { measureMemory } from './memory.js'
import { baselines, here, sandbox, sandboxAt } from './servers.js'
import { measureStart } from './start.js'
import { inRounds, inTurn, median } from './statistics.js'
import { measureThroughput } from './throughput.js'

const bare = 'node:http'

/**
 * A row of figures compared with a baseline: medians of all rounds, and the median of the ratios of each round to the
 * baseline in the same round.
 */
const compared = (
  label,
  results,
  figure,
  { digits = 0, scale = 1, baseline = bare, ...bounds },
) => {
  const all = Object.fromEntries(
    Object.entries(results).map(([name, rounds]) => [name, rounds.map((one) => one[figure])]),
  )
  const values = Object.fromEntries(
    Object.entries(all).map(([name, rounds]) => [name, median(rounds) * scale]),
  )
  const ratios = Object.fromEntries(
    Object.entries(all).map(([name, rounds]) => [
      name,
      median(rounds.map((value, round) => value / all[baseline][round])),
    ]),
  )
  return { label, values, ratios, digits, ...bounds, value: ratios.sandbox }
}

/** A row of absolute figures. */
const plain = (label, values, { digits = 0, ...bounds }) => ({
  label,
  values,
  ratios: {},
  digits,
  ...bounds,
  value: values.sandbox,
})

/** Cost, rate and latency of requests, with default settings. */
export async function throughputRows({ rounds, requests, warmUp }) {
  const subjects = { sandbox: sandbox(), ...baselines }
  const load = { connections: 32, requests, warmUp }
  const results = await inRounds(rounds, () => measureThroughput(subjects, load))
  return [
    compared('CPU per request, µs', results, 'cpuMicroseconds', {
      digits: 1,
      reach: 1.15,
      limit: 1.25,
    }),
    compared('creates per second, 32 connections', results, 'perSecond', {
      reach: 0.85,
      atLeast: true,
    }),
    compared('p99 latency, ms', results, 'p99', { digits: 2, reach: 1.2 }),
  ]
}

/** Rate of deliveries of events, and of creates while events are delivered. */
export async function deliveryRows({ rounds, requests, events }) {
  const creates = { connections: 32, requests }
  const amid = await inRounds(rounds, () => measureCreates(creates))
  const deliveries = await inRounds(rounds, () => measureDeliveries(events))
  return [
    compared('creates per second while 100 deliveries a second go out', amid, 'perSecond', {
      reach: 0.7,
      atLeast: true,
    }),
    compared('deliveries per second to a fast receiver', deliveries, 'perSecond', {
      reach: 0.4,
      atLeast: true,
    }),
  ]
}

/** Time and memory of a start of the installed package. */
export async function startRows({ rounds, installedCli }) {
  const subjects = { sandbox: sandboxAt(installedCli), ...baselines }
  await measureStart(subjects.sandbox) // fills the file cache
  const results = await inTurn(subjects, rounds, measureStart)
  return [
    compared('spawn to first 201, installed, ms', results, 'ms', { reach: 1.4, limit: 1.6 }),
    compared('idle RSS, MB', results, 'rss', {
      digits: 1,
      scale: 1e-6,
      reach: 1.25,
    }),
  ]
}

/** Cost of a sandbox for each test, compared with a bare Fastify route. */
export async function lifecycleRows({ rounds }) {
  const measure = (name) =>
    JSON.parse(execFileSync(process.execPath, [here('lifecycle.js'), name], { encoding: 'utf8' }))
  const results = await inTurn({ sandbox: 'sandbox', fastify: 'fastify' }, rounds, measure)
  const row = (label, figure) =>
    compared(label, results, figure, { digits: 2, baseline: 'fastify', reach: 2 })
  return [
    row('a sandbox for each test: start, create, close, ms (against Fastify)', 'all'),
    row('its start, ms (against Fastify)', 'start'),
  ]
}

/** Memory of a stored webhook, without the journal. */
export async function memoryRows({ records }) {
  const withoutJournal = [
    '--max-journal-entries',
    '0',
    '--max-webhooks',
    '2000000',
    '--max-webhook-bytes',
    String(2 ** 31 - 1),
  ]
  const subjects = Object.entries({ sandbox: sandbox(...withoutJournal), ...baselines })
  const cases = [
    ['name', 'only the name differs', {}],
    ['one entity', 'all differs but entity and user', {}],
    ['all', 'all differs', { reach: 560 }],
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

/** Disk space of an installation. */
export const installedRows = ({ bytes, bundleBytes }) => [
  plain('the bundle, MB', { sandbox: bundleBytes / 1e6 }, { digits: 2, reach: 1 }),
  plain('installed, with all data, MB', { sandbox: bytes / 1e6 }, { digits: 2, reach: 11 }),
]
