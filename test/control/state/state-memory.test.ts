import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import t from 'tap'

const library = new URL('../../../src/index.js', import.meta.url).href

/** Imports a state into a sandbox on a thread with a small heap; gives the status and body of the answer. */
async function importOnSmallHeap(state: string): Promise<[number, { detail?: string }]> {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads'
    import { buildApp } from '${library}'
    const headers = { 'content-type': 'application/json' }
    const put = { method: 'PUT', url: '/__admin/state', headers, payload: workerData }
    const { statusCode, body } = await buildApp().inject(put)
    parentPort.postMessage([statusCode, body === '' ? {} : JSON.parse(body)])`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: state,
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
  })
  const [answer] = (await once(worker, 'message')) as [[number, { detail?: string }]]
  return answer
}

t.test('a state that would take more memory than there is, once parsed, is 413', async (t) => {
  const [status, { detail }] = await importOnSmallHeap(`{"tokens":[${'[],'.repeat(1_000_000)}[]]}`)
  t.equal(status, 413)
  t.match(
    detail,
    /^The body would take some \d+ MiB of memory once it is parsed, and may take \d+;/,
  )
})

t.test('brackets and commas in a text are no values', async (t) => {
  const name = String.raw`\"[{,`.repeat(600_000)
  const entity = `{"identifier":"d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69","name":"${name}"}`
  const [status] = await importOnSmallHeap(`{"managingEntities":[${entity}]}`)
  t.equal(status, 204)
})
