// What operations take, and how long they hold up all others, with few records stored and with many.
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { load } from './load.js'
import { shapes } from './requests.js'
import { sandbox, withServer } from './servers.js'
import { median } from './statistics.js'
import { fixed, printTable } from './table.js'

const serverCore = 0
const repeats = 3
/** The journal grows along with the records up to here; its queries are measured with that. */
const mostJournalEntries = 100_000
/** No operation may block the loop for longer at this many records. */
const mostBlockedMs = 50
/** What has no limit: a document is read and checked as a whole, and nothing may change before that. */
const imports = '`PUT'
const boundedRecords = 100_000

/**
 * Sends a request; gives its status and body, which is left as it came. A connection that breaks is an
 * answer, too: a body that is too large may be refused while it is sent.
 */
const send = (port, { method = 'GET', path, body }) =>
  new Promise((resolve) => {
    let status
    const broken = ({ code }) => resolve({ status: status ?? code })
    const headers = {
      authorization: 'Bearer test',
      ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
    }
    request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      status = response.statusCode
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve({ status, body: Buffer.concat(chunks) }))
      response.on('error', broken)
    })
      .on('error', broken)
      .end(body)
  })

/** How long something takes, and how long it blocks the loop of the server meanwhile, in ms. */
async function time(server, run) {
  await server.ask('blocked')
  const started = performance.now()
  const result = await run()
  const ms = performance.now() - started
  return { ...result, ms, blocked: await server.ask('blocked') }
}

const cellOf = ({ ms, blocked, status }) =>
  !(status < 400) ? `answers ${status}` : `${fixed(ms, 1)} (${fixed(blocked, 0)})`

const reads = (path, id) => ({
  'show one': { path: `${path}/${id}` },
  'list of a managing entity': { path: `${path}/list` },
  '`GET /__admin/webhooks`': { path: '/__admin/webhooks' },
  '`GET /__admin/requests`': { path: '/__admin/requests' },
  '`GET /__admin/requests?status=400`, none': { path: '/__admin/requests?status=400' },
  '`GET /__admin/requests/count`': { path: '/__admin/requests/count?status=201' },
  '`GET /__admin/state`': { path: '/__admin/state' },
})

const changes = (path, state) => ({
  '`PUT /__admin/state`': { method: 'PUT', path: '/__admin/state', body: state },
  '`POST /__admin/reset` of the managing entity': {
    method: 'POST',
    path: `/__admin/reset?managingEntityIdentifier=${path.split('/')[3]}`,
  },
  '`PUT /__admin/state` again': { method: 'PUT', path: '/__admin/state', body: state },
  '`POST /__admin/reset`': { method: 'POST', path: '/__admin/reset' },
})

/** The creates that are measured once all is stored. */
async function creates(server, { records, shape }) {
  const what = { connections: 32, requests: 5_000, shape, first: records }
  const { perSecond, p99, blocked } = await time(server, () => load(server, what))
  return {
    'creates per second, 32 connections': { text: fixed(perSecond, 0) },
    'p99 of these, ms': { text: `${fixed(p99, 1)} (${fixed(blocked, 0)})` },
  }
}

async function measureReads(server, path, id) {
  const results = {}
  let state
  for (const [label, what] of Object.entries(reads(path, id))) {
    const all = []
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const { body, ...figures } = await time(server, () => send(server.port, what))
      all.push(figures)
      state = body // the last of them is that of the state
    }
    const [ms, blocked] = ['ms', 'blocked'].map((name) => median(all.map((one) => one[name])))
    const [{ status }] = all
    results[label] = { blocked, text: cellOf({ ms, blocked, status }) }
  }
  return { results, state }
}

async function measureChanges(server, path, state) {
  const results = {}
  for (const [label, what] of Object.entries(changes(path, state))) {
    const figures = await time(server, () => send(server.port, what))
    results[label] = { blocked: figures.blocked, text: cellOf(figures) }
  }
  return results
}

/** Stores the records, and measures each operation with these stored. */
function measure({ records, shape }) {
  const journal = String(Math.min(Math.max(records, 1_000), mostJournalEntries))
  const flags = ['--max-journal-entries', journal, '--max-journal-bytes', String(2 ** 31 - 1)]
  const room = ['--max-webhooks', '2000000', '--max-webhook-bytes', String(2 ** 31 - 1)]
  const subject = sandbox(...room, ...flags)
  // The heap of a million records and of their list as text is larger than what node takes by itself.
  const roomy = { ...subject, nodeFlags: ['--max-old-space-size=8192'] }
  return withServer(roomy, { core: serverCore, preload: true }, async (server) => {
    await load(server, { connections: 32, requests: records, shape })
    const { path } = shapes[shape](0)
    const list = await send(server.port, { path: `${path}/list` })
    const id = /"id":"([^"]+)"/.exec(list.body.subarray(0, 1000).toString())?.[1]
    await server.ask('heap') // the garbage of all that is collected
    const idle = await time(server, () => sleep(1_000))
    const created = await creates(server, { records, shape })
    const { results, state } = await measureReads(server, path, id)
    const changed = await measureChanges(server, path, state)
    return { idle: { text: `(${fixed(idle.blocked, 0)})` }, ...created, ...results, ...changed }
  })
}

/**
 * Prints what operations take by number of records: ms and, in brackets, the longest that the loop was
 * blocked.
 *
 * @returns what blocks it for longer than it may
 */
export async function recordsTable(cases) {
  const columns = []
  for (const one of cases) {
    console.error(`${one.records} records, ${one.shape} …`)
    columns.push({ ...one, results: await measure(one) })
  }
  const labels = Object.keys(columns[0].results)
  const headOf = ({ records, shape }) =>
    `${records.toLocaleString('en')}${shape === 'name' ? '' : `, ${shape}`}`
  printTable(
    ['ms (longest block of the loop, ms)', ...columns.map(headOf)],
    labels.map((label) => [label, ...columns.map(({ results }) => results[label].text)]),
  )
  return columns
    .filter(({ records }) => records <= boundedRecords)
    .flatMap((column) =>
      labels
        .filter((label) => !label.startsWith(imports))
        .filter((label) => column.results[label].blocked > mostBlockedMs)
        .map((label) => `${label} at ${headOf(column)}`),
    )
}
