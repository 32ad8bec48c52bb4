import { closeSync, existsSync, openSync } from 'node:fs'
import { clockBackwards } from './clock.js'
import { run, start, stop, terminate } from './program.js'
import { bodyFor, createBytes, entity, requestBytes } from './requests.js'
import { Wire, exchange } from './wire.js'

const keptOpen = 1_000
const smallHeap = { creates: 600, nameLength: 5_000, clients: 20, heavy: 12 }
const endMs = 5_000
const health = requestBytes('GET', '/__admin/health')

/** The rows of docs/robustness.md. */
const situations = {
  'closed log': closedLog,
  'full disk': fullDisk,
  'port taken': portTaken,
  'read-only': readOnly,
  'kept-open sockets': manySockets,
  'small heap': heapOf64MiB,
  'clock backwards': clockBackwards,
}

/** The program with a full disk, closed pipes, few file descriptors and little memory. */
export async function environment() {
  const results = await Promise.allSettled(
    Object.entries(situations).map(async ([name, check]) => {
      await check().catch((error) => {
        throw new Error(`${name}: ${error.message}`, { cause: error })
      })
    }),
  )
  const failed = results.find(({ status }) => status === 'rejected')
  if (failed) throw failed.reason
  return `as described: ${Object.keys(situations).join(', ')}`
}

async function creates(port, times = 1) {
  for (let count = 0; count < times; count += 1) {
    const { status } = await exchange(port, createBytes())
    if (status !== 201) throw new Error(`a create answered ${status}`)
  }
}

async function closedLog() {
  const program = await start()
  await creates(program.port)
  program.child.stderr.destroy()
  await creates(program.port, 20)
  terminate(program)
  await endsWell(program)
}

async function fullDisk() {
  if (!existsSync('/dev/full')) return // Linux only.
  const full = openSync('/dev/full', 'w')
  const program = await start([], { stderr: full })
  closeSync(full)
  await creates(program.port, 20)
  terminate(program)
  await endsWell(program)
}

async function endsWell({ exit }) {
  const { code, signal } = await exit
  if (code !== 0) throw new Error(`it ended with ${code ?? signal}`)
}

async function portTaken() {
  const first = await start()
  const { exit, log } = run(['--port', String(first.port)])
  const { code } = await exit
  await stop(first)
  const says = `wink-webhook-mock: port ${first.port} on 127.0.0.1 is in use`
  if (code !== 1 || log.lines !== 1 || !log.bad[0]?.startsWith(says)) {
    throw new Error(`exit code ${code}, ${log.bad.join('\n')}`)
  }
}

/** The permission model of Node.js refuses to open any file for writing, even for root. */
async function readOnly() {
  const isStable = Number(process.versions.node.split('.')[0]) >= 24
  const permission = isStable ? '--permission' : '--experimental-permission'
  const nodeFlags = ['--no-warnings', permission, '--allow-fs-read=*']
  const program = await start([], { nodeFlags, cwd: '/' })
  await creates(program.port, 5)
  await stop(program)
}

async function manySockets() {
  const program = await start()
  const wires = Array.from({ length: keptOpen }, () => new Wire(program.port))
  const answered = await Promise.all(wires.map((wire) => wire.ask(health)))
  if (answered.some(({ answers }) => answers[0]?.status !== 200)) throw new Error('no answer')
  await creates(program.port)
  if (wires.some(({ closed }) => closed)) throw new Error('a kept connection was closed')
  const startedMs = performance.now()
  await stop(program)
  if (performance.now() - startedMs > endMs) throw new Error('open connections delayed its end')
}

async function heapOf64MiB() {
  const program = await start([], { nodeFlags: ['--max-old-space-size=64'] })
  // Each of these takes ten times its size when parsed, and its connection stays open.
  const heavy = createBytes(entity, { body: `[${'[],'.repeat(340_000)}[]]` })
  const kept = []
  while (kept.length < smallHeap.heavy) {
    const wire = new Wire(program.port)
    const { answers } = await wire.ask(heavy)
    if (answers[0]?.status !== 400) throw new Error(`a heavy body answered ${answers[0]?.status}`)
    kept.push(wire)
  }
  const name = 'x'.repeat(smallHeap.nameLength)
  const bytes = createBytes(entity, { body: bodyFor(entity, { name }) })
  const client = async () => {
    const wire = new Wire(program.port)
    for (let left = smallHeap.creates / smallHeap.clients; left > 0; left -= 1) {
      const { answers } = await wire.ask(bytes)
      if (answers[0]?.status !== 201) throw new Error(`a create answered ${answers[0]?.status}`)
    }
    await wire.close()
  }
  await Promise.all(Array.from({ length: smallHeap.clients }, client))
  if (kept.some(({ closed }) => closed)) throw new Error('a kept connection was closed')
  await stop(program)
}
