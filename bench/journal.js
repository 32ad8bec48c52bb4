// Measures the memory of the journal: many creates with bodies of 10 KiB, and many refusals with 50 violations each, with
// a journal and without one. Fails if the journal exceeds its limits.
//
//   npm run build && node bench/journal.js     REQUESTS=100000
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'

const requests = Number(process.env.REQUESTS ?? 100_000)
const connections = 8
/** Webhooks are deleted after this many requests, so that only the journal grows. */
const requestsBetweenResets = 5_000
const defaultEntries = 1_000
/** Default of `--max-journal-bytes`. */
const maxJournalBytes = 16 * 1024 * 1024
/** Factor for the allocator and for garbage that is not collected yet. */
const tolerance = 2

const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url))
const entity = { identifier: 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69', name: 'Siam' }
const path = `/api/managing-entity/${entity.identifier}/webhook`
const body = JSON.stringify({
  name: 'x'.repeat(10 * 1024),
  entity,
  enabled: true,
  eventUrl: 'https://api.example.com/hook',
  eventList: ['booking.create'],
})

/** A body with more violations than an answer lists, so that the journal keeps 50 of each. */
const hostileBody = JSON.stringify({ eventList: Array(60).fill(1) })

const noJournal = ['--max-journal-entries', '0']
const manyEntries = ['--max-journal-entries', '1000000']
const loads = [
  {
    title: `after ${requests} requests`,
    payload: body,
    status: 201,
    subjects: {
      'default journal': { flags: [], entries: defaultEntries },
      'no journal': { flags: noJournal, entries: 0 },
    },
  },
  {
    title: `after ${requests} refusals with 50 violations each`,
    payload: hostileBody,
    status: 400,
    subjects: {
      'journal limited by bytes alone': { flags: manyEntries, entries: requests },
      'no journal': { flags: noJournal, entries: 0 },
    },
  },
]

/** Sends a request; gives the status and text of the answer. */
const send = (port, agent, options, payload) =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: 'Bearer test',
      ...(payload && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
    }
    request({ host: '127.0.0.1', port, agent, headers, ...options }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
      .on('error', reject)
      .end(payload)
  })

/** Starts the program with a preloaded script that collects garbage and reports the heap on request. */
async function start(flags) {
  const program = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--import',
      heapOnSignal,
      cli,
      '--port',
      '0',
      '--log-level',
      'silent',
      ...flags,
    ],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
  let greeting = ''
  for await (const chunk of program.stdout.iterator({ destroyOnReturn: false })) {
    greeting += chunk
    const port = /:(\d+)\n/.exec(greeting)?.[1]
    if (port) return { program, port: Number(port) }
  }
  throw new Error('it did not start')
}

const heapOnSignal = `data:text/javascript,${encodeURIComponent(`
  process.on('message', async () => {
    // The memory of buffers is released some time after their collection.
    for (let round = 0; round < 5; round += 1) {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const { heapUsed, external } = process.memoryUsage()
    process.send(heapUsed + external)
  })
  process.channel.unref()
`)}`

/** A figure of `/proc/PID/status`, in bytes. */
const memoryOf = ({ pid }, name) =>
  1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`))[1])

async function measure({ flags }, { payload, status: expected }) {
  const { program, port } = await start(flags)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  try {
    for (let sent = 0; sent < requests; sent += requestsBetweenResets) {
      let left = Math.min(requestsBetweenResets, requests - sent)
      const client = async () => {
        while (left > 0) {
          left -= 1
          const { status } = await send(port, agent, { path, method: 'POST' }, payload)
          if (status !== expected) throw new Error(`it answered ${status}`)
        }
      }
      await Promise.all(Array.from({ length: connections }, client))
      await send(port, agent, { path: '/__admin/reset?only=webhooks', method: 'POST' })
    }
    const count = await send(port, agent, { path: '/__admin/requests/count' })
    const peak = memoryOf(program, 'VmHWM')
    program.send('settle')
    const [heap] = await once(program, 'message')
    return {
      entries: JSON.parse(count.text).count ?? 0,
      heap,
      rss: memoryOf(program, 'VmRSS'),
      peak,
    }
  } finally {
    agent.destroy()
    program.kill()
    await once(program, 'close')
  }
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`)
const megabytes = (bytes) => (bytes / 1e6).toFixed(1)
for (const load of loads) {
  const { title, subjects } = load
  const results = []
  for (const subject of Object.values(subjects)) results.push(await measure(subject, load))
  const [kept, none] = results
  row(title, ...Object.keys(subjects), 'difference')
  row('---', '---', '---', '---')
  for (const [label, name] of [
    ['heap and buffers after a collection, MB', 'heap'],
    ['resident memory after it, MB', 'rss'],
    ['most resident memory, MB', 'peak'],
  ]) {
    const difference = megabytes(kept[name] - none[name])
    row(label, megabytes(kept[name]), megabytes(none[name]), difference)
  }
  row('entries in the journal', kept.entries, none.entries, kept.entries - none.entries)
  console.log()

  const tooMany = Object.values(subjects).some(
    ({ entries }, index) => results[index].entries > entries,
  )
  if (tooMany) throw new Error('the journal holds more entries than it should')
  if (kept.heap - none.heap > tolerance * maxJournalBytes) {
    throw new Error('the journal holds more bytes than it should')
  }
}
