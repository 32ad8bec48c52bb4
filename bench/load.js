// Puts load on servers from another process, on another core.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { canPin, here, nodeOn, pin } from './servers.js'

const run = promisify(execFile)
const clientCore = 1
/** How many requests a server gets before the next one has its turn, at least one a connection. */
const burst = 1_000

/**
 * Sends create requests and measures.
 *
 * @param servers - those that get them, in turn
 * @param what - `connections`, `requests` a server, the `shape` of these and the number of the `first`
 * @returns of each, `perSecond`, `cpuMicroseconds` a request, and the latencies `p50` and `p99` in ms
 */
export async function loadAll(servers, { connections, ...what }) {
  const words = JSON.stringify({
    servers: servers.map(({ port, program }) => ({ port, pid: program.pid })),
    shape: 'name',
    first: 0,
    connections,
    burst: Math.max(burst, connections),
    isAlone: canPin,
    ...what,
  })
  const { stdout } = await run(...nodeOn(clientCore, [here('load-client.js'), words]))
  return JSON.parse(stdout)
}

/** The same with one server. */
export const load = async (server, what) => (await loadAll([server], what))[0]

/** Keeps this process, too, off the core of the server. */
export const stayOnClientCore = () => pin(process.pid, clientCore)
