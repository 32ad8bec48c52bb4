import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { secret } from './requests.js'

const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url))
const running = new Set()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const heapOnMessage = `data:text/javascript,${encodeURIComponent(`
  process.on('message', async () => {
    // The memory of buffers is released some time after their collection.
    for (let round = 0; round < 5; round += 1) {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const { heapUsed, external, rss } = process.memoryUsage()
    process.send({ heap: heapUsed + external, rss })
  })
  process.channel.unref()
`)}`

/** Runs the installed program; it may end by itself. */
export function run(flags = [], { nodeFlags = [], stderr = 'pipe', env, cwd, ipc = false } = {}) {
  const child = spawn(process.execPath, [...nodeFlags, cli, ...flags], {
    stdio: ['ignore', 'pipe', stderr, ...(ipc ? ['ipc'] : [])],
    env: { PATH: process.env.PATH, ...env },
    cwd,
  })
  running.add(child)
  const log = child.stderr ? watch(child.stderr) : { lines: 0, bad: [], done: Promise.resolve() }
  const exit = once(child, 'close').then(async ([code, signal]) => {
    running.delete(child)
    await log.done
    return { code, signal }
  })
  const program = { child, log, exit, exited: undefined }
  exit.then((end) => (program.exited = end))
  return program
}

/** Starts the program on a free port and waits until it listens. */
export async function start(flags = [], options = {}) {
  const program = run(['--port', '0', ...flags], options)
  let greeting = ''
  for await (const chunk of program.child.stdout.iterator({ destroyOnReturn: false })) {
    greeting += chunk
    const port = /:(\d+)\n/.exec(greeting)?.[1]
    if (!port) continue
    program.child.stdout.resume()
    return { ...program, port: Number(port), isUp: () => program.exited === undefined }
  }
  throw new Error(`it did not start: ${program.log.bad.join('\n')}`)
}

/** Starts the program with the script that {@link heapOf} asks. */
export const startMeasured = (flags) =>
  start(flags, { nodeFlags: ['--expose-gc', '--import', heapOnMessage], ipc: true })

/** Heap and buffers of the program after a collection, and its resident memory, in bytes. */
export async function memoryOf({ child }) {
  child.send('settle')
  const [memory] = await once(child, 'message')
  return memory
}

/** Highest resident memory of the programs that ended since the last call (Linux only). */
let peakBytes = 0
export function takePeak() {
  const peak = peakBytes
  peakBytes = 0
  return peak
}

/** Sends SIGTERM to the program, and records its highest memory. */
export function terminate({ child }) {
  if (process.platform === 'linux') {
    const [, kibibytes] =
      /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`)) ?? []
    peakBytes = Math.max(peakBytes, Number(kibibytes ?? 0) * 1024)
  }
  child.kill('SIGTERM')
}

/** Ends the program by SIGTERM; its exit code must be 0. */
export async function stop(program) {
  const { exit, log } = program
  terminate(program)
  const { code, signal } = await exit
  if (code !== 0) throw new Error(`it ended with ${code ?? signal}: ${log.bad.join('\n')}`)
  requireCleanLog(log)
}

/** Requires a log without unexpected failures. */
export function requireCleanLog({ bad }) {
  if (bad.length > 0) throw new Error(`the log has\n${bad.join('\n')}`)
}

const maxBadLines = 20

/** Reads the log, and collects the lines that should not be in it. */
function watch(stderr) {
  const log = { lines: 0, bad: [], answered: new Map(), last: undefined }
  const reader = createInterface({ input: stderr })
  reader.on('line', (line) => {
    log.lines += 1
    const entry = entryOf(line)
    if (isBad(line, entry) && log.bad.length < maxBadLines) log.bad.push(line)
    log.last = entry
    const key = `${entry?.method} ${entry?.status}`
    log.answered.set(key, (log.answered.get(key) ?? 0) + 1)
  })
  log.done = new Promise((resolve) => stderr.once('close', resolve))
  return log
}

const isBad = (line, entry) =>
  !entry ||
  entry.level >= 40 ||
  /"stack"|"err"|unhandled|uncaught/i.test(line) ||
  line.includes(secret)

function entryOf(line) {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
