// Prints the README's curl commands, one a line: the status that each must get, a tab, the command.
import { readFileSync } from 'node:fs'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [example] = /^curl [^`]*/m.exec(readme) ?? []
const created = /^HTTP\/1\.1 (\d{3})/m.exec(readme)?.[1]
const rows = [...readme.matchAll(/^\| (\d{3}) +\|.*\| `(curl [^`]+)` *\|$/gm)]
const commands = [
  [created, example?.replaceAll('\\\n', ' ').trim()],
  ...rows.map(([, ...row]) => row),
]
for (const [status, command] of commands) console.log(`${status}\t${command}`)
