// Cost of requests over few and many connections.
import { baselines, sandbox } from './servers.js'
import { inRounds, mediansOf } from './statistics.js'
import { fixed, printTable } from './table.js'
import { measureThroughput } from './throughput.js'

const subjects = { sandbox: sandbox(), baseline: baselines['node:http'] }

const cellsOf = ({ sandbox, baseline }, digits) => [
  fixed(sandbox, digits),
  fixed(baseline, digits),
  fixed(sandbox / baseline, 2),
]

export async function connectionsTable({ rounds, requests, warmUp, connections }) {
  const rows = []
  for (const count of connections) {
    console.error(`${count} connections …`)
    const load = { connections: count, requests, warmUp }
    const results = await inRounds(rounds, () => measureThroughput(subjects, load))
    rows.push([
      count.toLocaleString('en'),
      ...cellsOf(mediansOf(results, 'perSecond'), 0),
      ...cellsOf(mediansOf(results, 'p99'), 2),
    ])
  }
  const of = (figure) => [`${figure}: sandbox`, 'node:http', 'ratio']
  printTable(['connections', ...of('creates per second'), ...of('p99, ms')], rows)
}
