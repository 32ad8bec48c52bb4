// How many create requests a server answers, how fast, and what each takes of the processor.
import { load } from './load.js'
import { withServer } from './servers.js'

const serverCore = 0

/**
 * Measures a server that was started for this alone and has been warmed up. The number of requests is
 * fixed, not the time: each subject then stores as much as the others.
 */
export const measureThroughput = (
  subject,
  { connections, requests, warmUp, shape = 'name', path },
) =>
  withServer(subject, { core: serverCore }, async (server) => {
    const { port } = server
    await load({ port, connections, requests: warmUp, shape, path })
    const before = server.cpuSeconds()
    const figures = await load({ port, connections, requests, shape, path, first: warmUp })
    const cpuMicroseconds = ((server.cpuSeconds() - before) / requests) * 1e6
    return { ...figures, cpuMicroseconds }
  })
