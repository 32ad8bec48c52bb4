import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import t from 'tap'
import { projectUrl } from '../fixtures/project.ts'
import { listening } from '../fixtures/wire.ts'

// The client in dist/, which `npm test` builds first.
const dist = (name: string): URL => projectUrl(`dist/${name}`)

t.test('the shipped client: no server, under 15 kB, no module of Node.js', async (t) => {
  const { url } = await listening(t)
  const loads = {
    'client.js': `const client = await import(${JSON.stringify(dist('client.js').href)})`,
    'client.cjs': `const client = process.getBuiltinModule('node:module').createRequire(${JSON.stringify(import.meta.url)})(${JSON.stringify(dist('client.cjs').pathname)})`,
  }
  for (const [name, load] of Object.entries(loads)) {
    const text = readFileSync(dist(name), 'utf8')
    t.ok(text.length < 15_000, `${name} has ${text.length} bytes`)
    t.notMatch(text, /\brequire\(|\bimport[ {*("']|\bprocess\b|\bBuffer\b|node:/)
    const program = `${load}
      const sandbox = await client.connectSandbox(${JSON.stringify(url)})
      console.log(JSON.stringify([Object.keys(client).sort(), await sandbox.faults.list()]))`
    // In a new process with an empty environment, outside the coverage.
    const words = ['-i', process.execPath, '--input-type=module', '--eval', program]
    const { stdout } = await promisify(execFile)('env', words)
    t.strictSame(JSON.parse(stdout), [['ApiError', 'connectSandbox'], []])
  }
  const types = readFileSync(dist('client.d.ts'), 'utf8')
  t.notMatch(types, /\bfrom '|\bimport\('|<reference /)
})
