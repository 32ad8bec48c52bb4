// Time of a program from its spawn to its first 201, and its idle memory.
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { shapes } from './requests.js'
import { start } from './servers.js'

/** Time after the first answer until a program is idle, in ms. */
const settleMs = 500

/** Creates a webhook; gives the status. */
export const create = (port, otherPath) =>
  new Promise((resolve, reject) => {
    const { path, token, body } = shapes.name(0)
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const options = { host: '127.0.0.1', port, path: otherPath ?? path, headers, agent: false }
    request({ ...options, method: 'POST' }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
      .on('error', reject)
      .end(body)
  })

export async function measureStart(subject) {
  const started = performance.now()
  const server = await start(subject)
  try {
    const status = await create(server.port, subject.path)
    const ms = performance.now() - started
    if (status !== 201) throw new Error(`it answered ${status}`)
    await sleep(settleMs)
    return { ms, rss: server.residentBytes() }
  } finally {
    await server.stop()
  }
}
