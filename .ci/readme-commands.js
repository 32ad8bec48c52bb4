// Prints the curl commands of the README, docs/api.md and docs/statuses.md, one per line: the expected status, a tab, the command.
import { readFileSync } from 'node:fs'

/** Joins lines that end in a backslash. */
const oneLine = (text) => text.replace(/\\\n */g, '').trim()

const read = (page) => readFileSync(new URL(`../${page}`, import.meta.url), 'utf8')
const readme = ['README.md', 'docs/api.md', 'docs/statuses.md'].map(read).join('\n')
const [example] = /^curl [^`]*/m.exec(readme) ?? []
const created = /^HTTP\/1\.1 (\d{3})/m.exec(readme)?.[1]
const rows = [...readme.matchAll(/^\| (\d{3}) +\|.*\| `(curl [^`]+)` *\|$/gm)]
// Blocks of commands after a comment that lists the expected statuses.
const blocks = [...readme.matchAll(/<!-- answers: ([\d ]+) -->\s+```sh\n([^`]+)```/g)]
const commands = [
  [created, oneLine(example)],
  ...rows.map(([, ...row]) => row),
  ...blocks.flatMap(([, statuses, block]) => {
    const lines = oneLine(block).split('\n')
    return statuses.split(' ').map((status, index) => [status, lines[index]])
  }),
]
for (const [status, command] of commands) console.log(`${status}\t${command}`)
