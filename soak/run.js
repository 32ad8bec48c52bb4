// Load and abuse of the program: npm run soak -- --seconds 120 --clients 500 --seed 7 --only fuzz --case 12
import { parseArgs } from 'node:util'
import { clients } from './clients.js'
import { costly } from './costly.js'
import { deliveries } from './deliveries.js'
import { environment } from './environment.js'
import { fuzz } from './fuzz.js'
import { killed } from './killed.js'
import { takePeak } from './program.js'
import { shutdown } from './shutdown.js'
import { slow } from './slow.js'

/** The parts, with their least duration in seconds and their share of the remaining time. */
const parts = {
  clients: { run: clients, least: 2, share: 0.45 },
  fuzz: { run: fuzz, least: 0.5, share: 0.2 },
  slow: { run: slow, least: 3, share: 0 },
  shutdown: { run: shutdown, least: 1, share: 0.15 },
  killed: { run: killed, least: 1, share: 0.2 },
  environment: { run: environment, least: 4, share: 0 },
  costly: { run: costly, least: 4, share: 0 },
  deliveries: { run: deliveries, least: 3, share: 0 },
}
const leastSeconds = Object.values(parts).reduce((sum, { least }) => sum + least, 0)
const shortest = 0.5

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    clients: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    case: { type: 'string' },
  },
})
const whole = (name, least) => {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number >= least) return number
  console.error(`--${name} must be a whole number from ${least} on`)
  process.exit(2)
}
if (values.only !== undefined && !Object.hasOwn(parts, values.only)) {
  console.error(`--only must be one of ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}

const seed = whole('seed', 0)
const options = {
  seed,
  clients: whole('clients', 1),
  only: values.case === undefined ? undefined : whole('case', 0),
}
const seconds = whole('seconds', 1)
console.log(`seed ${seed}, ${seconds} s`)
for (const [name, { run, share }] of Object.entries(parts)) {
  const rest = Math.max(shortest, (seconds - leastSeconds) * share)
  if (values.only !== undefined && values.only !== name) continue
  const startedMs = performance.now()
  try {
    const result = await run({ ...options, seconds: values.only ? seconds : rest })
    const took = ((performance.now() - startedMs) / 1000).toFixed(1)
    const peak = (takePeak() / 1e6).toFixed(0)
    if (result !== undefined) {
      console.log(`${name}: ${result}; at most ${peak} MB resident (${took} s)`)
    }
  } catch (error) {
    console.error(`${name}: FAILED with seed ${seed}: ${error.stack}`)
    process.exit(1)
  }
}
