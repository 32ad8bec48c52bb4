// Sends load to servers from another process, on another core.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { canPin, here, nodeOn, pin } from './servers.js'

const run = promisify(execFile)
const clientCore = 1
/** Requests to one server before the next one's turn; at least one for each connection. */
const burst = 1_000

/**
 * Sends create requests and measures.
 *
 * @param servers - the servers, in turn
 * @param what - `connections`, `requests` a server, the `shape` of these and the number of the `first`
 * @returns for each server, `perSecond`, `cpuMicroseconds` a request, and the latencies `p50` and `p99` in ms
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

/** Sends load to one server. */
export const load = async (server, what) => (await loadAll([server], what))[0]

/** Moves this process to the core of the client. */
export const stayOnClientCore = () => pin(process.pid, clientCore)
