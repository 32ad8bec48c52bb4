// Measures the sandbox and both baselines, and prints a table; see README.md. A figure worse than its limit in
// figures.js fails the run.
//
//   npm run bench              ROUNDS=5         rounds of load, and twice as many of starts
//                              REQUESTS=50000   requests a round, behind WARM_UP=10000
//                              RECORDS=50000    records that memory is measured with
//                              PIN=0            does not give client and server a core each
//                              EVENTS=5000      events a round of deliveries
//                              ONLY=throughput  only these figures; or start, deliveries, lifecycle, memory
//   npm run bench -- growth    cost as work grows, see growth.js
import { cpus, loadavg } from 'node:os'
import {
  deliveryRows,
  installedRows,
  lifecycleRows,
  memoryRows,
  startRows,
  throughputRows,
} from './figures.js'
import { install } from './installed.js'
import { boundOf, fixed, printTable, verdictOn } from './table.js'

const number = (name, otherwise) => Number(process.env[name] ?? otherwise)
const rounds = number('ROUNDS', 5)

const parts = {
  throughput: () =>
    throughputRows({
      rounds,
      requests: number('REQUESTS', 50_000),
      warmUp: number('WARM_UP', 10_000),
    }),
  start: async () => {
    const installed = install()
    try {
      const rows = await startRows({
        rounds: 2 * rounds,
        installedCli: installed.cli,
      })
      return [...rows, ...installedRows(installed)]
    } finally {
      installed.remove()
    }
  },
  lifecycle: () => lifecycleRows({ rounds: Math.min(rounds, 3) }),
  deliveries: () =>
    deliveryRows({
      rounds,
      requests: number('REQUESTS', 50_000),
      events: number('EVENTS', 5_000),
    }),
  memory: () => memoryRows({ records: number('RECORDS', 50_000) }),
}

async function bench() {
  const started = performance.now()
  const [busy] = loadavg() // other work of the machine falsifies the figures
  const names = process.env.ONLY?.split(',') ?? Object.keys(parts)
  const rows = []
  for (const name of names) {
    console.error(`${name} …`)
    rows.push(...(await parts[name]()))
  }
  const judged = rows.map((row) => ({ ...row, verdict: verdictOn(row.value, row) }))
  console.log(
    `Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0].model.trim()}, ` +
      `${rounds} rounds, ${fixed((performance.now() - started) / 60_000, 1)} minutes, load ${fixed(busy, 1)} before\n`,
  )
  printTable(
    [
      ['', 'sandbox', 'Fastify + TypeBox', 'node:http'],
      ['sandbox / node:http', 'Fastify / node:http', 'to reach', 'never worse than', ''],
    ].flat(),
    judged.map(({ label, values, ratios, digits, reach, limit, atLeast, verdict }) => [
      label,
      fixed(values.sandbox, digits),
      fixed(values.fastify, digits),
      fixed(values['node:http'], digits),
      fixed(ratios.sandbox, 2),
      fixed(ratios.fastify, 2),
      boundOf(reach, atLeast),
      boundOf(limit, atLeast),
      verdict,
    ]),
  )
  for (const { label, value, limit, verdict } of judged) {
    if (verdict !== 'worse than allowed') continue
    console.error(`${label}: ${fixed(value, 2)} of the baseline exceeds the limit, ${limit}`)
    process.exitCode = 1
  }
}

if (process.argv[2] === 'growth') await import('./growth.js')
else await bench()
