import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from './program.js'
import { randomOf } from './random.js'
import { entity } from './requests.js'

const parallel = 4
/** The signal comes at most this long after the program begins to write. */
const spreadMs = 40

const webhooks = Array.from({ length: 500 }, (_, index) => ({
  id: `4d1f2a66-9d0e-4c5b-a7b8-0a1b2c3d${1000 + index}`,
  createdDate: '2025-11-02T08:00:00.000Z',
  lastUpdate: '2025-12-24T18:00:00.000Z',
  version: 3,
  userIdentifier: '5a0f9c1e-2b7d-4c36-8e5a-90b1d2c3e4f5',
  ownerIdentifier: entity,
  ownerName: 'Siam',
  name: 'x'.repeat(5_000),
  enabled: false,
  eventUrl: 'https://api.example.com/hook',
  eventList: [],
}))
const whole = JSON.stringify({ webhooks })

/** SIGKILL at random moments while the program writes its state file: the file is always whole. */
export async function killed({ seed, seconds }) {
  const end = performance.now() + seconds * 1000
  const totals = { kills: 0, unfinished: 0 }
  await Promise.all(
    Array.from({ length: parallel }, (_, index) => killAgain(randomOf(seed, index), end, totals)),
  )
  return `${totals.kills} times SIGKILL, ${totals.unfinished} of them amid writing; the state file was always whole`
}

async function killAgain(random, end, totals) {
  const folder = mkdtempSync(join(tmpdir(), 'wink-soak-'))
  const file = join(folder, 'state.json')
  writeFileSync(file, whole)
  try {
    do {
      const watcher = watch(folder)
      const flags = ['--port', '0', '--log-level', 'silent', '--state-file', file]
      const { child, exit } = run(flags)
      const begun = once(watcher, 'change')
      await Promise.race([begun, exit])
      await sleep(random.below(spreadMs))
      child.kill('SIGKILL')
      const { signal } = await exit
      watcher.close()
      if (signal !== 'SIGKILL') throw new Error('it ended before it was killed')
      totals.kills += 1
      if (readdirSync(folder).length > 1) totals.unfinished += 1
      if (readFileSync(file, 'utf8') !== whole) throw new Error('the file has another state')
    } while (performance.now() < end)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
