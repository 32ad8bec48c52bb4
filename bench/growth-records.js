// Cost of operations, and how long they block the event loop, with few and many records.
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { load } from './load.js'
import { shapes } from './requests.js'
import { sandbox, withServer } from './servers.js'
import { median } from './statistics.js'
import { fixed, printTable } from './table.js'

const serverCore = 0
const repeats = 3
/** The journal holds as many entries as there are records, up to this number. */
const mostJournalEntries = 100_000
/** Longest permitted block of the loop, up to `boundedRecords`. */
const mostBlockedMs = 50
/** Labels of imports, which have no limit: a document is checked as a whole before anything changes. */
const imports = '`PUT'
const boundedRecords = 100_000

/**
 * Sends a request; gives its status and raw body. A broken connection counts as an answer: the server may refuse a large
 * body while it is being sent.
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

/** Measures how long something takes and how long it blocks the loop of the server, in ms. */
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

/** Measures creates after all records are stored. */
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
      state = body // the state is read last
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

/** Stores the records, and then measures each operation. */
function measure({ records, shape }) {
  const journal = String(Math.min(Math.max(records, 1_000), mostJournalEntries))
  const flags = ['--max-journal-entries', journal, '--max-journal-bytes', String(2 ** 31 - 1)]
  const room = ['--max-webhooks', '2000000', '--max-webhook-bytes', String(2 ** 31 - 1)]
  const subject = sandbox(...room, ...flags)
  // A million records and the text of their list exceed the default heap.
  const roomy = { ...subject, nodeFlags: ['--max-old-space-size=8192'] }
  return withServer(roomy, { core: serverCore, preload: true }, async (server) => {
    await load(server, { connections: 32, requests: records, shape })
    const { path } = shapes[shape](0)
    const list = await send(server.port, { path: `${path}/list` })
    const id = /"id":"([^"]+)"/.exec(list.body.subarray(0, 1000).toString())?.[1]
    await server.ask('heap') // collects the garbage
    const idle = await time(server, () => sleep(1_000))
    const created = await creates(server, { records, shape })
    const { results, state } = await measureReads(server, path, id)
    const changed = await measureChanges(server, path, state)
    return { idle: { text: `(${fixed(idle.blocked, 0)})` }, ...created, ...results, ...changed }
  })
}

/**
 * Prints the cost of operations by number of records: ms and, in brackets, the longest block of the loop.
 *
 * @returns the operations that block it too long
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
