// How many bytes of the heap a stored record takes, the journal aside.
import { load } from './load.js'
import { withServer } from './servers.js'

/** Code, shapes and caches are made by then, and are not counted as records. */
const warmUp = 5_000

export const measureMemory = (subject, { records, shape }) =>
  withServer(subject, { preload: true }, async (server) => {
    await load(server, { connections: 8, requests: warmUp, shape })
    const before = await server.ask('heap')
    await load(server, { connections: 8, requests: records, shape, first: warmUp })
    return ((await server.ask('heap')) - before) / records
  })
