// Starts each measured program in a process of its own, on a core of its own if possible.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { residentBytesOf, treeOf } from './processes.js'

export const here = (path) => fileURLToPath(new URL(path, import.meta.url))

const quiet = ['--port', '0', '--log-level', 'silent']
/** The sandbox as the program in this file, with default settings and a silent log. */
export const sandboxAt = (cli, flags = []) => ({ words: [cli, ...quiet, ...flags] })
export const sandbox = (...flags) => sandboxAt(here('../dist/cli.cjs'), flags)
/** The baselines, by their names in the tables. */
export const baselines = {
  fastify: { words: [here('baselines/fastify.js')] },
  'node:http': { words: [here('baselines/node-http.js')] },
}

/** Whether processes can be given a core each. */
export const canPin = (() => {
  if (process.env.PIN === '0' || availableParallelism() < 2) return false
  try {
    execFileSync('taskset', ['-c', '0,1', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** The command that runs node on this core; on any core if processes cannot be pinned. */
export const nodeOn = (core, words) =>
  canPin && core !== undefined
    ? ['taskset', ['-c', String(core), process.execPath, ...words]]
    : [process.execPath, words]

/** Keeps all threads of a process on a core. */
export const pin = (pid, core) =>
  canPin && execFileSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' })

/** A server that was started; its figures are those of all its processes. */
class Server {
  constructor(program, port) {
    this.program = program
    this.port = port
    this.closed = once(program, 'close')
  }

  /** Its resident memory, in bytes. */
  residentBytes() {
    return residentBytesOf(this.program.pid)
  }

  /** Asks the preloaded script for a figure; see preload.js. */
  async ask(question) {
    this.program.send(question)
    const ended = this.closed.then(() => {
      throw new Error('it ended')
    })
    const [answer] = await Promise.race([once(this.program, 'message'), ended])
    return answer
  }

  async stop() {
    if (this.program.exitCode !== null || this.program.signalCode !== null) return
    for (const pid of treeOf(this.program.pid)) process.kill(pid, 'SIGKILL')
    await this.closed
  }
}

/** Reads the port from the output of a program. */
async function announcedPort(program) {
  let greeting = ''
  for await (const chunk of program.stdout.iterator({ destroyOnReturn: false })) {
    greeting += chunk
    const port = /:(\d+)\n/.exec(greeting)?.[1]
    if (port) return Number(port)
  }
  throw new Error(`it did not start: ${program.spawnargs.join(' ')}`)
}

/**
 * Starts a server, and waits until it prints its port; with a given `port`, until it is `ready`.
 *
 * @param core - the core that it runs on; default: any
 * @param preload - whether to preload the script that answers questions about the process
 */
export async function start(subject, { core, preload = false } = {}) {
  const { words, nodeFlags = [], port, ready } = subject
  const flags = preload ? ['--expose-gc', '--import', here('preload.js')] : []
  const [command, commandWords] = nodeOn(core, [...flags, ...nodeFlags, ...words])
  const program = spawn(command, commandWords, {
    stdio: ['ignore', 'pipe', 'inherit', ...(preload ? ['ipc'] : [])],
    env: { ...process.env, PORT: String(port ?? 0) },
  })
  const server = new Server(program, port ?? (await announcedPort(program)))
  program.stdout.resume()
  try {
    await ready?.(server)
  } catch (error) {
    await server.stop()
    throw error
  }
  return server
}

/** Runs a function with a server, and stops the server afterwards. */
export async function withServer(subject, options, run) {
  const server = await start(subject, options)
  try {
    return await run(server)
  } finally {
    await server.stop()
  }
}
