import { get } from 'node:http'
import type { Config } from './config.ts'
import { urlHostOf } from '../base/own-address.ts'

/**
 * Checks that a sandbox is up.
 *
 * @param timeoutMs - limit for its answer
 * @returns undefined if it is up, else a sentence with the reason
 */
export function findHealthProblem(
  { host, port }: Pick<Config, 'host' | 'port'>,
  timeoutMs = 2_000,
): Promise<string | undefined> {
  if (port === 0) return Promise.resolve('port 0 is picked at the start; tell health the real one')
  const url = `http://${hostnameOf(host)}:${port}/__admin/health`
  return new Promise((resolve) => {
    const request = get(url, { timeout: timeoutMs, agent: false }, (response) => {
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

/** A host name to reach a server by: one that listens on all addresses is reached on loopback. */
export function hostnameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return urlHostOf(host)
}
