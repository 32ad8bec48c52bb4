// Measures the image: its size over its base, the time from `run` to the first 201, and idle memory. The baseline is a
// bare node:http server in the same base image; both are measured in turn.
//
//   node bench/container.js IMAGE [BASE_IMAGE]     ENGINE=docker|podman, ROUNDS=10
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'

const [image = 'wink-webhook-mock', base = 'docker.io/library/node:24-bookworm-slim'] =
  process.argv.slice(2)
const engine = process.env.ENGINE ?? 'docker'
const rounds = Number(process.env.ROUNDS ?? 10)
const baseline = fileURLToPath(new URL('baselines/node-http.js', import.meta.url))
const entity = { identifier: 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69', name: 'Siam' }
const body = JSON.stringify({
  name: 'Measured',
  entity,
  enabled: true,
  eventUrl: 'https://api.example.com/hook',
  eventList: ['booking.create'],
})

const run = (...words) =>
  execFileSync(engine, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

const subjects = {
  sandbox: ['--no-healthcheck', image],
  'node:http': ['--volume', `${baseline}:/baseline.mjs:ro`, base, 'node', '/baseline.mjs'],
}

/** Status of a request that creates a webhook; 0 if nothing listens yet. */
const create = (port) =>
  new Promise((resolve) => {
    const headers = { authorization: 'Bearer test', 'content-type': 'application/json' }
    const path = `/api/managing-entity/${entity.identifier}/webhook`
    request(
      { host: '127.0.0.1', port, path, method: 'POST', headers, agent: false },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
      },
    )
      .on('error', () => resolve(0))
      .end(body)
  })

/** Resident memory of the server process, in kB (`VmRSS`). */
const memoryOf = (container) => {
  const pid = run('inspect', '--format', '{{.State.Pid}}', container)
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1])
}

async function measure(words) {
  const port = 20_000 + Math.floor(Math.random() * 10_000)
  const started = performance.now()
  const container = run('run', '--detach', '--publish', `127.0.0.1:${port}:4010`, ...words)
  try {
    const giveUp = started + 30_000
    for (;;) {
      const status = await create(port)
      if (status === 201) break
      if (status !== 0 || performance.now() > giveUp) throw new Error(`it answered ${status}`)
    }
    return { ms: performance.now() - started, rssKb: memoryOf(container) }
  } finally {
    run('rm', '--force', container)
  }
}

const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)]
const size = (name) => Number(run('image', 'inspect', '--format', '{{.Size}}', name))

const results = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
for (let round = 0; round < rounds; round += 1) {
  for (const [name, words] of Object.entries(subjects)) results[name].push(await measure(words))
}
const figures = Object.values(results).map((all) => ({
  ms: median(all.map(({ ms }) => ms)),
  rssKb: median(all.map(({ rssKb }) => rssKb)),
}))
const [sandbox, bare] = figures
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`)
row('medians of ' + rounds + ' rounds', 'sandbox', 'node:http', 'ratio')
row('---', '---', '---', '---')
row(
  'from `run` to the first 201, ms',
  sandbox.ms.toFixed(0),
  bare.ms.toFixed(0),
  (sandbox.ms / bare.ms).toFixed(2),
)
row(
  'resident memory when idle, MB',
  (sandbox.rssKb / 1000).toFixed(1),
  (bare.rssKb / 1000).toFixed(1),
  (sandbox.rssKb / bare.rssKb).toFixed(2),
)
row('image over its base, kB', ((size(image) - size(base)) / 1000).toFixed(0), 0, '')
