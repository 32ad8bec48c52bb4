import { get } from 'node:http'
import { get as getSecure } from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from './config.ts'
import { urlHostOf } from '../base/own-address.ts'
import { readPortFile } from './port-file.ts'

/** Pause between two looks at a sandbox that is not up, in ms. */
const pauseMs = 100

/** The settings that tell where a sandbox is. */
export type Place = Pick<Config, 'host' | 'port' | 'portFile' | 'tlsCert'>

/** Limits of a health check. */
export interface Patience {
  /** Limit for one answer, in ms. Default: 2,000. */
  readonly timeoutMs?: number
  /** How long to wait for a sandbox that is not up, in ms. Default: 0, it is asked once. */
  readonly waitMs?: number
}

/**
 * Checks that a sandbox is up.
 *
 * @returns undefined if it is up, else a sentence with the reason
 */
export async function findHealthProblem(
  place: Place,
  { timeoutMs = 2_000, waitMs = 0 }: Patience = {},
): Promise<string | undefined> {
  const endMs = performance.now() + waitMs
  for (;;) {
    const problem = await findProblem(place, timeoutMs)
    if (problem === undefined || performance.now() >= endMs) return problem
    await sleep(pauseMs)
  }
}

function findProblem(place: Place, timeoutMs: number): Promise<string | undefined> {
  const { host, portFile, tlsCert } = place
  const port = portFile === undefined ? place.port : readPortFile(portFile)
  if (port === undefined) return Promise.resolve(`${String(portFile)} has no port (yet)`)
  if (port === 0) {
    return Promise.resolve('port 0 is picked at the start; tell health the real one or --port-file')
  }
  const isSecure = tlsCert !== undefined
  const url = `${baseUrlOf({ host, port }, isSecure ? 'https' : 'http')}/__admin/health`
  return new Promise((resolve) => {
    // The check sends no secret, and the certificate may be for another name than this host.
    const options = { timeout: timeoutMs, agent: false as const, rejectUnauthorized: false }
    const request = (isSecure ? getSecure : get)(url, options, (response) => {
      response.resume()
      resolve(
        response.statusCode === 200 ? undefined : `${url} answered ${String(response.statusCode)}`,
      )
    })
    request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)))
    request.on('error', (error) => {
      resolve(`${url}: ${error.message}`)
    })
  })
}

/** The base URL of the sandbox that listens on a host and a port. */
export const baseUrlOf = (
  { host, port }: Pick<Config, 'host' | 'port'>,
  scheme: 'http' | 'https' = 'http',
): string => `${scheme}://${hostnameOf(host)}:${port}`

/** A host name to reach a server by: one that listens on all addresses is reached on loopback. */
function hostnameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return urlHostOf(host)
}
