// Measures the doors of the package: the size of each entry point with what it loads, and how long a process takes to
// import it, without the start of Node.js.
//
//   npm run build && node bench/imports.js     ROUNDS=20
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { here } from './servers.js'
import { inTurn, median, sum } from './statistics.js'
import { fixed, printTable } from './table.js'

const rounds = Number(process.env.ROUNDS ?? 20)
const dist = here('../dist')
const [bundle] = readdirSync(dist).filter((name) => /^sandbox-.*\.cjs$/.test(name))

/** The program that each subject runs, and the files of the package that it loads. */
const subjects = {
  nothing: { files: [], words: ['-e', ''] },
  "require('wink-webhook-mock')": { files: ['index.cjs', bundle] },
  "import 'wink-webhook-mock'": { files: ['index.js', bundle] },
  "require('wink-webhook-mock/client')": { files: ['client.cjs'] },
  "import 'wink-webhook-mock/client'": { files: ['client.js'] },
}
for (const subject of Object.values(subjects)) {
  const [entry] = subject.files
  if (entry === undefined) continue
  const path = JSON.stringify(join(dist, entry))
  subject.words = entry.endsWith('.cjs')
    ? ['-e', `require(${path})`]
    : ['--input-type=module', '-e', `await import(${path})`]
}

const durations = await inTurn(subjects, rounds, ({ words }) => {
  const startedMs = performance.now()
  const { status } = spawnSync(process.execPath, words)
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}`)
  return performance.now() - startedMs
})

const idle = median(durations.nothing)
printTable(
  ['', 'kB', 'ms'],
  Object.entries(subjects).map(([name, { files }]) => [
    name === 'nothing' ? 'Node.js alone' : `\`${name}\``,
    files.length ? fixed(sum(files.map((file) => statSync(join(dist, file)).size)) / 1000, 1) : '',
    fixed(median(durations[name]) - (name === 'nothing' ? 0 : idle), 0),
  ]),
)
