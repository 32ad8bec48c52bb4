// Bytes of heap for each stored record, without the journal.
import { load } from './load.js'
import { withServer } from './servers.js'

/** Requests after which code and caches exist, so that they are not counted. */
const warmUp = 5_000

export const measureMemory = (subject, { records, shape }) =>
  withServer(subject, { preload: true }, async (server) => {
    await load(server, { connections: 8, requests: warmUp, shape })
    const before = await server.ask('heap')
    await load(server, { connections: 8, requests: records, shape, first: warmUp })
    return ((await server.ask('heap')) - before) / records
  })
