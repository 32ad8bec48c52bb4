// Deliveries of events: how many a second, and creates while they go out.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { load, stayOnClientCore } from './load.js'
import { entity, shapes, webhooksOf } from './requests.js'
import { here, nodeOn, sandbox, withServer } from './servers.js'

const run = promisify(execFile)
const [serverCore, clientCore] = [0, 1]
/** Number of deliveries that the sandbox has under way. */
const atATime = 100
const receiver = { words: [here('baselines/receiver.js')] }
/** The owner of the webhooks that get events; creates are for another managing entity. */
const owner = entity.replace(/^./, 'e')

async function post(port, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${answer.detail}`)
  return answer
}

/** Creates webhooks, of which each gets every event. */
async function subscribe(port, count) {
  const body = JSON.parse(shapes.name(0).body)
  const webhook = { ...body, entity: { ...body.entity, identifier: owner }, eventList: [] }
  for (let left = count; left > 0; left -= 1) await post(port, webhooksOf(owner), webhook)
}

const trigger = (port, waitMs) =>
  post(port, '/__admin/events', {
    type: 'booking.create',
    managingEntityIdentifier: owner,
    ...(waitMs && { waitMs }),
  })

/** Sends events from the sandbox to a receiver on the other core. */
const deliverFromSandbox = (url, events) =>
  withServer(sandbox('--deliver-to', url), { core: serverCore }, async ({ port }) => {
    await subscribe(port, atATime)
    await trigger(port, 60_000)
    const started = performance.now()
    for (let left = events; left > 0; left -= atATime) {
      const { deliveries } = await trigger(port, 60_000)
      const other = deliveries.find(({ state }) => state !== 'delivered')
      if (other) throw new Error(`a delivery has ${JSON.stringify(other)}`)
    }
    return { perSecond: events / ((performance.now() - started) / 1000) }
  })

async function sendBare(url, events) {
  const words = [here('baselines/sender.js'), url, String(events), String(atATime)]
  const { stdout } = await run(...nodeOn(serverCore, words))
  return { perSecond: Number(stdout) }
}

const withReceiver = (measure) =>
  withServer(receiver, { core: clientCore }, ({ port }) => {
    stayOnClientCore()
    return measure(`http://127.0.0.1:${port}`)
  })

/** Deliveries per second, of the sandbox and of a bare client. */
export const measureDeliveries = (events) =>
  withReceiver(async (url) => ({
    sandbox: await deliverFromSandbox(url, events),
    'node:http': await sendBare(url, events),
  }))

/** Creates while 100 events a second go out, by the sandbox and by a bare server. */
export const measureCreates = (what) =>
  withReceiver(async (url) => {
    const flags = ['--deliver-to', url]
    process.env.RECEIVER = url // for the baseline
    return {
      sandbox: await withServer(sandbox(...flags), { core: serverCore }, async (server) => {
        await subscribe(server.port, 10)
        const triggers = []
        const timer = setInterval(() => triggers.push(trigger(server.port)), 100)
        try {
          return await load(server, what)
        } finally {
          clearInterval(timer)
          await Promise.all(triggers)
        }
      }),
      'node:http': await withServer(
        { words: [here('baselines/node-http-sending.js')] },
        { core: serverCore },
        (server) => load(server, what),
      ),
    }
  })
