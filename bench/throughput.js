// How many create requests servers answer, how fast, and what each takes of the processor.
import { loadAll } from './load.js'
import { start } from './servers.js'

const serverCore = 0

/**
 * Measures servers that were started for this alone and have been warmed up, all on the same core, in
 * turn. The number of requests is fixed, not the time: each stores as much as the others.
 *
 * @returns by subject, what `loadAll` measures
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
