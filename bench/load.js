// Puts load on a server from another process, on another core.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { here, nodeOn, pin } from './servers.js'

const run = promisify(execFile)
const clientCore = 1

/**
 * Sends create requests and measures.
 *
 * @param what - `port`, `connections`, `requests`, and the `shape` of these
 * @returns `perSecond`, and the latencies `p50` and `p99` in ms
 */
export async function load(what) {
  const words = [here('load-client.js'), JSON.stringify({ shape: 'name', ...what })]
  const { stdout } = await run(...nodeOn(clientCore, words))
  return JSON.parse(stdout)
}

/** Keeps this process, too, off the core of the server. */
export const stayOnClientCore = () => pin(process.pid, clientCore)
