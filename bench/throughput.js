// Rate, latency and CPU time of create requests.
import { loadAll } from './load.js'
import { start } from './servers.js'

const serverCore = 0

/**
 * Starts servers on one core, warms them up and measures them in turn. The number of requests is fixed, not the time, so
 * that all store equally much.
 *
 * @returns the figures of `loadAll`, by subject
 */
export async function measureThroughput(subjects, { connections, requests, warmUp, path }) {
  const names = Object.keys(subjects)
  const servers = []
  try {
    for (const name of names) servers.push(await start(subjects[name], { core: serverCore }))
    await loadAll(servers, { connections, requests: warmUp, path })
    const figures = await loadAll(servers, { connections, requests, path, first: warmUp })
    return Object.fromEntries(names.map((name, index) => [name, figures[index]]))
  } finally {
    for (const server of servers) await server.stop()
  }
}
